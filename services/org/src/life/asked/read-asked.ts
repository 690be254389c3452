import { addMonths, monthOf } from '@linghang/rulebook'
import { count, many, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { FieldCount } from './asked-fields.ts'
import { type Form, forms } from './forms.ts'
import { askedStore, type Span, type Times, type Weights } from './store.ts'

export type AskedLine = Form & FieldCount & { times: number }
/** An organisation in a month, by the month's first day. */
export type AskedOfMonth = { orgId: string; month: string }

/** The first instant of a day in Shanghai. */
const begins = (day: string): Date => new Date(`${day}T00:00:00+08:00`)
const spanOf = (month: string): Span => ({ from: begins(month), until: begins(addMonths(month, 1)) })
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

  const linesOf = (rows: readonly Times[]): AskedLine[] => {
    const times = new Map(rows.map(row => [row.action, row.times]))
    return forms
      .map(form => ({
        ...{ ...form, asked: 0, offered: 0, ...fields.get(form.mutation) },
        times: form.actions.reduce((sum, action) => sum + (times.get(action) ?? 0), 0),
      }))
      .filter(line => line.times > 0)
  }
  const linesByOrg = (orgIds: readonly string[], rows: readonly Times[]): Map<string, AskedLine[]> => {
    const byOrg = Map.groupBy(rows, row => row.orgId)
    return new Map(orgIds.map(id => [id, linesOf(byOrg.get(id) ?? [])]))
  }

  return {
    /** Whose month it is, where the organisation is the actor's to see; nothing is read yet. */
    monthsOf: many(async ({ supervision }: Work, orgIds, day: string) => {
      const seen = await supervision.seen(orgIds)
      return new Map([...seen].map(id => [id, [ofDay(id, day)]]))
    }),

    linesOf: many(async ({ tx, supervision }: Work, orgIds, month: string) => {
      const seen = [...(await supervision.seen(orgIds))]
      return linesByOrg(seen, await askedStore.times(tx, seen, spanOf(month)))
    }),

    /** Of organisations below, who had most to fill in first; a page of each that is asked for. */
    below: many(async ({ tx, supervision }: Work, topIds, month: string, stretch: Stretch) => {
      const seen = [...(await supervision.seen(topIds))]
      const found = await askedStore.burdens(tx, seen, spanOf(month), weights, stretch)
      return new Map([...found].map(([id, all]) => [id, all.map(one => ({ ...one, ...ofDay(one.id, month) }))]))
    }),

    countBelow: count(async ({ tx, supervision }: Work, topIds, month: string) =>
      askedStore.countBurdened(tx, [...(await supervision.seen(topIds))], spanOf(month), weights),
    ),

    linesBelow: many(async ({ tx, supervision }: Work, topIds, month: string) => {
      const seen = [...(await supervision.seen(topIds))]
      const lines = linesByOrg(seen, await askedStore.timesBelow(tx, seen, spanOf(month), weights))
      const burdenOf = ({ times, asked }: AskedLine) => times * asked
      return new Map([...lines].map(([id, all]) => [id, all.toSorted((a, b) => burdenOf(b) - burdenOf(a))]))
    }),
  }
}
