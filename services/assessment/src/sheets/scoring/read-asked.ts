import { isBranch, type Period } from '@linghang/rulebook'
import type { Asked, Below, Subject } from '../../engine/asked.ts'
import type { Plan } from '../../engine/plan.ts'
import type { Lit } from '../../engine/sheet.ts'
import { stretchAt } from '../../engine/spans.ts'
import { exemptionStore } from '../../facts/exemptions/store.ts'
import { type Fact, inOrder, type SubjectType } from '../../facts/fact.ts'
import { factStore } from '../../facts/journal/store.ts'
import { type Organisation, placeStore } from '../../facts/organisations/store.ts'
import { peopleStore } from '../../facts/people/store.ts'
import type { Work } from '../../work.ts'
import { rulingStore } from '../rulings/store.ts'
import { needsOf } from './needs.ts'
import { scoreStore } from './store.ts'

/** The scores and lights of who belongs to organisations, or of these themselves. */
export type ScoresOf = (
  of: SubjectType,
  orgIds: readonly string[],
) => Promise<readonly { orgId: string; score: number; litMonths: Record<string, string[]> }[]>
type Reading = { plan: Plan; subjectType: SubjectType; ids: readonly string[]; scores?: ScoresOf | undefined }
const nobody: Below = { scores: [], of: 0, lit: {} }
const nothing: readonly never[] = []

/** The day through which a period is known: its last one, or today. */
const knownThrough = ({ until }: Period, today: string): string => (today <= until ? today : until)

/** By the period's last day: what is over by the month changes on no day within, of which nobody would tell. */
const monthsBetween = (from: string, to: string): number => {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  return Math.max(0, to.slice(8) < from.slice(8) ? months - 1 : months)
}

/** Who of these members is measured in the period: who was one on its last day, or is today. */
async function membersOf({ tx, actor: { countyId }, today }: Work, { plan, ids }: Reading): Promise<Subject[]> {
  const day = knownThrough(plan.period, today)
  const places = await peopleStore.at(tx, countyId, ids, day)
  const known = await scoreStore.known(tx, countyId, ids)
  const exempt = await exemptionStore.exemptionsAt(tx, countyId, ids, needsOf(plan).from, plan.period.until)
  return [...places.values()].flatMap(({ memberId, orgId, kind, kindSince }) => {
    if (kind !== 'FULL' && kind !== 'PROBATIONARY') return []
    const { since = day, joinedOn = null } = known.get(memberId) ?? {}
    return [
      {
        ...{ type: 'MEMBER' as const, id: memberId, orgId, is: 'MEMBER' as const, kind, unitKind: null, people: 1 },
        months: kind === 'FULL' && kindSince !== null ? monthsBetween(kindSince, plan.period.until) : 0,
        knownFrom: joinedOn !== null && joinedOn > since ? joinedOn : since,
        exemptions: exempt.get(memberId) ?? nothing,
      },
    ]
  })
}

/** How many members belonged to each of these organisations on a day. */
async function peopleOf({ tx, actor: { countyId } }: Work, orgIds: readonly string[], day: string) {
  const places = await peopleStore.at(tx, countyId, await peopleStore.everAt(tx, countyId, orgIds), day)
  const counts = new Map<string, number>()
  for (const { orgId, kind } of places.values())
    if (kind === 'FULL' || kind === 'PROBATIONARY') counts.set(orgId, (counts.get(orgId) ?? 0) + 1)
  return counts
}

const organisationAsked = ({ id, kind, unitKind, since }: Organisation, day: string, people: number): Subject => ({
  ...{ type: 'ORGANISATION', id, orgId: id, is: isBranch(kind) ? 'BRANCH' : 'ABOVE', kind, unitKind, people },
  ...{ months: since === null ? 0 : monthsBetween(since, day), knownFrom: since ?? day, exemptions: nothing },
})

/** Organisations that went on through the period's first day. */
const goesOn = ({ endedOn }: Organisation, { from }: Period): boolean => endedOn === null || endedOn > from

const belowOf = (scores: readonly { score: number; litMonths: Record<string, string[]> }[]): Below => {
  const lit: Record<string, Record<string, number>> = {}
  for (const { litMonths } of scores)
    for (const [colour, months] of Object.entries(litMonths))
      for (const month of months) {
        lit[colour] ??= {}
        lit[colour][month] = (lit[colour][month] ?? 0) + 1
      }
  return { scores: scores.map(({ score }) => score), of: scores.length, lit }
}

type Beside = Pick<Asked, 'factsOfMembers' | 'factsBelow' | 'members' | 'below'>
const alone: Beside = { factsOfMembers: [], factsBelow: [], members: nobody, below: nobody }

/** What the sheets of organisations rest on beside their own facts; read only where the pack asks for it. */
async function besideOf(work: Work, { plan, ids, scores: given }: Reading): Promise<(id: string) => Beside> {
  const { tx, actor, today } = work
  const { countyId } = actor
  const needs = needsOf(plan)
  const { from } = needs
  const { until } = plan.period
  const standing = { from: plan.period.from, day: knownThrough(plan.period, today) }
  const branches =
    needs.below || needs.belowKinds.length > 0
      ? await placeStore.branchesBelow(tx, countyId, ids, standing)
      : new Map<string, string[]>()
  const allBelow = [...new Set([...branches.values()].flat())]
  const kinds = new Set<string>(needs.belowKinds)
  const ofMembers =
    needs.membersKinds.length > 0
      ? await factStore.ofMembersAt(tx, countyId, ids, needs.membersKinds, from, until)
      : new Map<string, Fact[]>()
  const ofBranches =
    kinds.size > 0 ? await factStore.ofSubjects(tx, countyId, allBelow, from, until) : new Map<string, Fact[]>()
  const scores: ScoresOf = given ?? ((of, orgIds) => scoreStore.scores(tx, countyId, of, orgIds, plan.period))
  const members = needs.members ? await scores('MEMBER', ids) : []
  const below = needs.below ? await scores('ORGANISATION', allBelow) : []
  const membersAt = Map.groupBy(members, ({ orgId }) => orgId)
  const branchAt = Map.groupBy(below, ({ orgId }) => orgId)
  return id => {
    const own = branches.get(id) ?? []
    return {
      factsOfMembers: ofMembers.get(id) ?? [],
      factsBelow: own
        .flatMap(branch => (ofBranches.get(branch) ?? []).filter(({ kind }) => kinds.has(kind)))
        .sort(inOrder),
      members: belowOf(membersAt.get(id) ?? []),
      below: { ...belowOf(own.flatMap(branch => branchAt.get(branch) ?? [])), of: own.length },
    }
  }
}

async function organisationsOf(work: Work, { plan, ids }: Reading): Promise<Subject[]> {
  const { tx, actor, today } = work
  const { period } = plan
  const day = knownThrough(period, today)
  const found = await placeStore.organisations(tx, actor.countyId, ids, day)
  const people = needsOf(plan).people ? await peopleOf(work, ids, day) : new Map<string, number>()
  return found
    .filter(one => goesOn(one, period))
    .map(one => organisationAsked(one, period.until, people.get(one.id) ?? 0))
}

/**
 * All that the sheets of these subjects are worked out from, in a number of statements that does not depend on how many they
 * are. @returns who is measured in the period; the others are left out
 */
export async function readAsked(work: Work, reading: Reading): Promise<Asked[]> {
  const { tx, actor, today } = work
  const { plan, ids, subjectType } = reading
  const isOfMembers = subjectType === 'MEMBER'
  const subjects = await (isOfMembers ? membersOf(work, reading) : organisationsOf(work, reading))
  const needs = needsOf(plan)
  const facts = await factStore.ofSubjects(tx, actor.countyId, ids, needs.from, plan.period.until)
  const litBefore = needs.litBefore
    ? await scoreStore.litBefore(tx, actor.countyId, ids, plan.period.from)
    : new Map<string, Lit[]>()
  const year = { from: stretchAt('YEAR', plan.period.until).from, until: plan.period.until }
  const rulings = await rulingStore.ofSubjects(tx, actor.countyId, ids, year)
  const beside = isOfMembers ? () => alone : await besideOf(work, reading)
  return subjects.map(subject => ({
    subject,
    asOf: today,
    facts: facts.get(subject.id) ?? [],
    ...beside(subject.id),
    rulings: rulings.get(subject.id) ?? [],
    litBefore: litBefore.get(subject.id) ?? [],
  }))
}
