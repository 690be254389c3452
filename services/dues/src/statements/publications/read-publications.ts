import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type PublicationPolicy, undecided } from './policy.ts'
import { publicationStore } from './store.ts'

/** What holds for a county on a day. */
export const policyOn = async ({ tx, actor }: Pick<Work, 'tx' | 'actor'>, day: string): Promise<PublicationPolicy> =>
  (await publicationStore.policyOn(tx, actor.countyId, day)) ?? undecided

export const policyOfDay = one(
  async (work: Work, days) =>
    new Map(await Promise.all(days.map(async day => [day, await policyOn(work, day)] as const))),
)

/** Of organisations those whose publications are for the actor: whose books they see, and to whose members they belong. */
async function forActor({ tx, actor, supervision }: Work, orgIds: readonly string[]): Promise<Set<string>> {
  const seen = await supervision.seen(orgIds)
  const own = actor.memberOrgId === null ? new Set<string>() : await publicationStore.overOwn(tx, actor.memberOrgId)
  return new Set(orgIds.filter(id => seen.has(id) || own.has(id)))
}

export const publicationById = one(async (work: Work, ids) => {
  const found = await publicationStore.byIds(work.tx, work.actor.countyId, ids)
  const theirs = await forActor(work, [...new Set(found.map(({ orgId }) => orgId))])
  return new Map(found.filter(({ orgId }) => theirs.has(orgId)).map(publication => [publication.id, publication]))
})
export const publicationsOf = many(async (work: Work, orgIds, stretch: Stretch) =>
  publicationStore.listIn(work.tx, [...(await forActor(work, orgIds))], stretch),
)
export const publicationCountOf = count(async (work: Work, orgIds) =>
  publicationStore.countIn(work.tx, [...(await forActor(work, orgIds))]),
)
