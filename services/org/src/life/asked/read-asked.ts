import { monthOf } from '@linghang/rulebook'
import {
  type AskedLine,
  type AskedOfMonth,
  askedStore,
  count,
  type FieldCount,
  linesOfForms,
  many,
  type Stretch,
  spanOfMonth,
  type Times,
} from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { forms } from './forms.ts'
import { burdenStore, type Weights } from './store.ts'

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

    /** Of organisations below, who had most to fill in first; a page of each that is asked for. */
    below: many(async ({ tx, supervision }: Work, topIds, month: string, stretch: Stretch) => {
      const seen = [...(await supervision.seen(topIds))]
      const found = await burdenStore.burdens(tx, seen, spanOfMonth(month), weights, stretch)
      return new Map([...found].map(([id, all]) => [id, all.map(one => ({ ...one, ...ofDay(one.id, month) }))]))
    }),

    countBelow: count(async ({ tx, supervision }: Work, topIds, month: string) =>
      burdenStore.countBurdened(tx, [...(await supervision.seen(topIds))], spanOfMonth(month), weights),
    ),

    linesBelow: many(async ({ tx, supervision }: Work, topIds, month: string) => {
      const seen = [...(await supervision.seen(topIds))]
      const lines = linesByOrg(seen, await burdenStore.timesBelow(tx, seen, spanOfMonth(month), weights))
      const burdenOf = ({ times, asked }: AskedLine) => times * asked
      return new Map([...lines].map(([id, all]) => [id, all.toSorted((a, b) => burdenOf(b) - burdenOf(a))]))
    }),
  }
}
