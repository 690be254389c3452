import { addMonths, monthOf } from '@linghang/rulebook'
import { many } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { FieldCount } from './asked-fields.ts'
import { type Form, forms } from './forms.ts'
import { askedStore } from './store.ts'

export type AskedLine = Form & FieldCount & { times: number }
export type Asked = { month: string; lines: AskedLine[] }

/** The first instant of a day in Shanghai. */
const begins = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

/**
 * What was handed in at organisations in a month, form by form; those that were handed in by nobody are left out.
 * @param fields of each mutation, from the contract
 */
export const createAskedOf = (fields: ReadonlyMap<string, FieldCount>) =>
  many(async ({ tx, supervision }: Work, orgIds, day: string): Promise<Map<string, Asked[]>> => {
    const month = monthOf(day)
    const seen = [...(await supervision.seen(orgIds))]
    const rows = await askedStore.times(tx, seen, begins(month), begins(addMonths(month, 1)))
    const byOrg = Map.groupBy(rows, row => row.orgId)
    const lineOf = (form: Form, times: ReadonlyMap<string, number>): AskedLine => ({
      ...{ ...form, asked: 0, offered: 0, ...fields.get(form.mutation) },
      times: form.actions.reduce((sum, action) => sum + (times.get(action) ?? 0), 0),
    })
    return new Map(
      seen.map(id => {
        const times = new Map((byOrg.get(id) ?? []).map(row => [row.action, row.times]))
        return [id, [{ month, lines: forms.map(form => lineOf(form, times)).filter(line => line.times > 0) }]]
      }),
    )
  })
