import type { PlanTheme } from '@linghang/rulebook'
import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { themeStore } from './store.ts'

export const themeById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const themes = await themeStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(themes.map(({ orgId }) => orgId))])
  return new Map(themes.filter(({ orgId }) => seen.has(orgId)).map(theme => [theme.id, theme]))
})

export const themesAt = many(async ({ tx, supervision }: Work, orgIds, stretch: Stretch) =>
  themeStore.atOrganisations(tx, [...(await supervision.seen(orgIds))], stretch),
)

export const themeCountAt = count(async ({ tx, supervision }: Work, orgIds) =>
  themeStore.countAtOrganisations(tx, [...(await supervision.seen(orgIds))]),
)

/** What is asked of an organisation in a time. Whether it is the actor's to see has been asked before. */
export const themesFor = ({ tx }: Work, orgId: string, from: string, until: string): Promise<PlanTheme[]> =>
  themeStore.addressedTo(tx, orgId, from, until)
