import { readFileSync } from 'node:fs'
import type { Work } from '@linghang/access'
import { addMonths, type Citation } from '@linghang/rulebook'
import { parse } from 'graphql'
import { type FieldCount, fieldsOf, noFields } from './asked-fields.ts'
import { type AskedSum, askedStore, type Span, type Times } from './asked-store.ts'
import { fromId, toId } from './ids.ts'
import { many, type RequestContext } from './request-context.ts'
import type { Room } from './room.ts'

/** Who wants a form of a branch: a text of law, those above, the county's decision; or nobody, and it is an offer. */
export type FormAsker = 'REGULATION' | 'SUPERIOR' | 'COUNTY' | 'NOBODY'

/** Something that an organisation hands in: by which mutation, what the audit calls it, who wants it and on what basis. */
export type Form = { mutation: string; actions: readonly string[]; askedBy: FormAsker; citation: Citation }
export type AskedLine = Form & FieldCount & { times: number }
/** An organisation in a month, by the month's first day. */
export type AskedOfMonth = { orgId: string; month: string }
/** What of it one service has. */
export type AskedPart = { lines: readonly AskedLine[] }

/** The first instant of a day in Shanghai. */
const begins = (day: string): Date => new Date(`${day}T00:00:00+08:00`)
/** A month, by its first day, from its first instant in Shanghai to the next one's. */
export const spanOfMonth = (month: string): Span => ({ from: begins(month), until: begins(addMonths(month, 1)) })

/** How often each form was handed in, by how often people did what the audit names; those of which nobody did are left out. */
export function linesOfForms(
  forms: readonly Form[],
  fields: ReadonlyMap<string, FieldCount>,
  rows: readonly Times[],
): AskedLine[] {
  const times = new Map<string, number>()
  // What the audit says beside, such as the year, stands behind a colon: it is the same form.
  for (const { action, times: often } of rows) {
    const [name = action] = action.split(': ')
    times.set(name, (times.get(name) ?? 0) + often)
  }
  return forms
    .map(form => ({
      ...{ ...form, ...noFields, ...fields.get(form.mutation) },
      times: form.actions.reduce((sum, action) => sum + (times.get(action) ?? 0), 0),
    }))
    .filter(line => line.times > 0)
}

export const timesOf = (lines: readonly AskedLine[]): number => lines.reduce((sum, { times }) => sum + times, 0)
/** How many fields of a sort all forms together had, each as often as it was handed in. */
export const fieldsIn = (lines: readonly AskedLine[], of: keyof FieldCount): number =>
  lines.reduce((sum, line) => sum + line.times * line[of], 0)

/** What forms add up to. */
export const sumOfLines = (lines: readonly AskedLine[]): AskedSum => ({
  ...{ times: timesOf(lines), fields: fieldsIn(lines, 'asked') },
  ...{ picked: fieldsIn(lines, 'picked'), known: fieldsIn(lines, 'known') },
})

/** How a form is told; of every service alike. */
export const askedFormResolvers = {
  name: ({ mutation }: AskedLine) => mutation,
  fields: ({ asked }: AskedLine) => asked,
  article: ({ citation }: AskedLine) => citation.article,
  source: ({ citation }: AskedLine) => citation.source,
  certainty: ({ citation }: AskedLine) => citation.certainty,
}

/** How many fields each mutation of a service has, as its contract says. */
export const fieldsOfContract = (schemaFile: URL): Map<string, FieldCount> =>
  fieldsOf(parse(readFileSync(schemaFile, 'utf8')))

const firstOfMonth = /^\d{4}-(0[1-9]|1[0-2])-01$/

/**
 * A service's part of what organisations are asked for (law B8, R7); the list begins in org.
 * @param service its name, by which its part is asked for
 * @param forms what is handed in there
 * @param schemaFile its contract, which says how many fields each has
 */
export function askedRoom(service: string, forms: readonly Form[], schemaFile: URL): Room<Work> {
  const fields = fieldsOfContract(schemaFile)
  const linesOf = many(async ({ tx, supervision }: Work, orgIds, month: string) => {
    const seen = [...(await supervision.seen(orgIds))]
    const byOrg = Map.groupBy(await askedStore.times(tx, seen, spanOfMonth(month)), ({ orgId }) => orgId)
    return new Map(seen.map(id => [id, linesOfForms(forms, fields, byOrg.get(id) ?? [])]))
  })
  const part = async ({ orgId, month }: AskedOfMonth, _: unknown, { load }: RequestContext<Work>) => ({
    lines: await load(linesOf, orgId, month),
  })
  const ofReference = ({ organisationId, month }: { organisationId?: string; month?: string }): AskedOfMonth | null =>
    organisationId !== undefined && month !== undefined && firstOfMonth.test(month)
      ? { orgId: fromId('Organisation', organisationId, 'organisationId'), month }
      : null
  return {
    resolvers: {
      AskedOfOrganisation: {
        __resolveReference: ofReference,
        organisationId: ({ orgId }: AskedOfMonth) => toId('Organisation', orgId),
        [service]: part,
      },
      AskedPart: {
        times: ({ lines }: AskedPart) => timesOf(lines),
        fields: ({ lines }: AskedPart) => fieldsIn(lines, 'asked'),
        picked: ({ lines }: AskedPart) => fieldsIn(lines, 'picked'),
        known: ({ lines }: AskedPart) => fieldsIn(lines, 'known'),
        forms: ({ lines }: AskedPart) => lines,
      },
      AskedForm: askedFormResolvers,
    },
  }
}
