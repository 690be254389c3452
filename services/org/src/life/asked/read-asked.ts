import { monthOf } from '@linghang/rulebook'
import {
  type AskedLine,
  type AskedOfMonth,
  type AskedSum,
  askedStore,
  count,
  type FieldCount,
  linesOfForms,
  many,
  one,
  type Stretch,
  spanOfMonth,
  sumOfLines,
  type Times,
} from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { forms } from './forms.ts'
import { burdenStore, type Weights } from './store.ts'

/** Sums, added up. */
export const added = (sums: readonly AskedSum[]): AskedSum =>
  sums.reduce(
    (a, b) => ({
      ...{ times: a.times + b.times, fields: a.fields + b.fields },
      ...{ picked: a.picked + b.picked, known: a.known + b.known },
    }),
    { times: 0, fields: 0, picked: 0, known: 0 },
  )

const ofDay = (orgId: string, day: string): AskedOfMonth => ({ orgId, month: monthOf(day) })

/**
 * What was handed in at organisations in a month, form by form; those that were handed in by nobody are left out.
 * @param fields of each mutation, from the contract
 */
export function createReadAsked(fields: ReadonlyMap<string, FieldCount>) {
  const weighed = forms.flatMap(form =>
    form.actions.map(action => [action, fields.get(form.mutation)?.asked ?? 0] as const),
  )
  const weights: Weights = { actions: weighed.map(([action]) => action), fields: weighed.map(([, asked]) => asked) }

  const asked = (month: string) => ({ month, span: spanOfMonth(month), weights })

  const linesByOrg = (orgIds: readonly string[], rows: readonly Times[]): Map<string, AskedLine[]> => {
    const byOrg = Map.groupBy(rows, row => row.orgId)
    return new Map(orgIds.map(id => [id, linesOfForms(forms, fields, byOrg.get(id) ?? [])]))
  }

  return {
    /** Whose month it is, where the organisation is the actor's to see; nothing is read yet. */
    monthsOf: many(async ({ supervision }: Work, orgIds, day: string) => {
      const seen = await supervision.seen(orgIds)
      return new Map([...seen].map(id => [id, [ofDay(id, day)]]))
    }),

    linesOf: many(async ({ tx, supervision }: Work, orgIds, month: string) => {
      const seen = [...(await supervision.seen(orgIds))]
      return linesByOrg(seen, await askedStore.times(tx, seen, spanOfMonth(month)))
    }),

    /** What was handed in altogether: here, and as the other services have told it. */
    altogetherOf: one(async ({ tx, supervision }: Work, orgIds, month: string) => {
      const seen = [...(await supervision.seen(orgIds))]
      const lines = linesByOrg(seen, await askedStore.times(tx, seen, spanOfMonth(month)))
      const told = Map.groupBy(await askedStore.monthsOf(tx, seen, month), ({ orgId }) => orgId)
      return new Map([...lines].map(([id, own]) => [id, added([sumOfLines(own), ...(told.get(id) ?? [])])]))
    }),

    /** Of organisations below, who had most to fill in first; a page of each that is asked for. */
    below: many(async ({ tx, supervision }: Work, topIds, month: string, stretch: Stretch) => {
      const seen = [...(await supervision.seen(topIds))]
      const found = await burdenStore.burdens(tx, seen, asked(month), stretch)
      return new Map([...found].map(([id, all]) => [id, all.map(one => ({ ...one, ...ofDay(one.id, month) }))]))
    }),

    countBelow: count(async ({ tx, supervision }: Work, topIds, month: string) =>
      burdenStore.countBurdened(tx, [...(await supervision.seen(topIds))], asked(month)),
    ),

    linesBelow: many(async ({ tx, supervision }: Work, topIds, month: string) => {
      const seen = [...(await supervision.seen(topIds))]
      const lines = linesByOrg(seen, await burdenStore.timesBelow(tx, seen, asked(month)))
      const burdenOf = ({ times, asked }: AskedLine) => times * asked
      return new Map([...lines].map(([id, all]) => [id, all.toSorted((a, b) => burdenOf(b) - burdenOf(a))]))
    }),

    toldBelow: one(async ({ tx, supervision }: Work, topIds, month: string) =>
      burdenStore.toldBelow(tx, [...(await supervision.seen(topIds))], month),
    ),
  }
}
