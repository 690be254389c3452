import type { Fact, FactKind } from '../facts/fact.ts'
import { type PackDocument, packDocument } from '../packs/documents/pack.ts'
import type { Asked, Below, Subject } from './asked.ts'
import { type Plan, planOf } from './plan.ts'

type Input = Record<string, unknown>

/** An indicator for the dues of a month, unless it is said otherwise. */
export const indicator = (more: Input = {}): Input => ({
  ...{ key: 'DUES', title: '当月足额交纳党费', group: 'LIFE', kind: 'BASE', per: 'MONTH' },
  basis: { certainty: 'SEED', source: 'S1-4', article: '' },
  ...{ reads: { kind: 'DUES_MONTH', where: 'fact.state == "SETTLED"' }, points: '1', absence: 'NOT_KNOWN' },
  ...more,
})

export const packWith = (scale: Input, pack: Input = {}): PackDocument =>
  packDocument.parse({
    ...{ format: 1, key: 'example', title: '示例', summary: '示例', period: 'QUARTER' },
    scales: [
      {
        ...{ key: 'MEMBER', title: '党员', subject: 'MEMBER', indicators: [indicator()] },
        ...{ groups: [{ key: 'LIFE', title: '党内生活' }], ...scale },
      },
    ],
    ...pack,
  })

export const quarter = { from: '2026-01-01', until: '2026-03-31' }

export const planFor = (document: PackDocument, period = quarter): Plan =>
  planOf({ key: document.key, version: 1, document }, period)

const memberId = '01900000-0000-7000-8000-000000000001'
const orgId = '01900000-0000-7000-8000-0000000000aa'

export const subject: Subject = {
  ...{ type: 'MEMBER', id: memberId, orgId, is: 'MEMBER', kind: 'FULL', unitKind: null, months: 60, people: 1 },
  ...{ knownFrom: '2020-01-01', exemptions: [] },
}

let told = 0
export const factOf = (
  kind: FactKind,
  day: string,
  attributes: Fact['attributes'],
  more: Partial<Fact> = {},
): Fact => ({
  ...{ subjectType: 'MEMBER', subjectId: memberId, orgId, kind, day, quantity: 100, attributes },
  source: { type: 'Meeting', id: `01900000-0000-7000-8000-${String(++told).padStart(12, '0')}`, version: 1 },
  ...more,
})

export const paid = (day: string, more: Partial<Fact> = {}): Fact =>
  factOf('DUES_MONTH', day, { state: 'SETTLED', inTime: true }, more)

const nobody: Below = { scores: [], of: 0, lit: {} }

export const ask = (more: Partial<Asked> = {}): Asked => ({
  ...{ subject, asOf: '2026-04-01', facts: [], factsOfMembers: [], factsBelow: [] },
  ...{ members: nobody, below: nobody, rulings: [], litBefore: [] },
  ...more,
})
