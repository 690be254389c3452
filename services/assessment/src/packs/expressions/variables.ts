import type { Fact, FactKind } from '../../facts/fact.ts'
import { type FactKindRule, factKinds } from '../../facts/kinds/fact-kinds.ts'

/** What an expression is for: this decides what it may speak of and what it has to come to. */
export type ExpressionUse =
  /** Which facts of a kind count. */
  | { for: 'WHERE'; factKind: FactKind }
  /** Whether an indicator applies to a span; `factKind` left out where it reads scores. */
  | { for: 'WHEN'; factKind?: FactKind }
  /** How many points; with `each` where it is once for each fact. */
  | { for: 'POINTS'; factKind?: FactKind; each: boolean }
  /** What of a month that is over was missed. */
  | { for: 'MISSED'; factKind: FactKind }
  /** For whom a scale is. */
  | { for: 'SUBJECT' }

/** What an expression is told. Points and quantities are in hundredths, as everywhere; it reads them in whole units. */
export type Values = {
  fact?: Pick<Fact, 'day' | 'quantity' | 'attributes'>
  facts?: { count: number; total: number; sum: number; latest: number }
  /** Of those below: how many have a score, their mean, and which share of all below they are (0 to 1). */
  scores?: { count: number; mean: number; share: number }
  /**
   * `kind`: how a person stands or what kind of organisation it is; `months`: whole months since full membership, or since
   * the organisation stands; `people`: members of the organisation, 1 for a person.
   */
  subject: { kind: string; months: number; unitKind: string | null; people: number }
  period?: { over: boolean; months: number }
}

type VariableType = 'int' | 'double' | 'bool' | 'string'
type Fields = Readonly<Record<string, VariableType>>
/** Names that stand by themselves, and names of what has fields; words of closed sets by the path that reads them. */
export type Speech = {
  names: Fields
  fields: Readonly<Record<string, Fields>>
  words: ReadonlyMap<string, readonly string[]>
}

const subject: Fields = { kind: 'string', months: 'int', unitKind: 'string', people: 'int' }
const period: Fields = { over: 'bool', months: 'int' }
const overFacts: Fields = { count: 'int', total: 'int', sum: 'double', latest: 'double' }
const overScores: Fields = { count: 'int', mean: 'double', share: 'double' }

const kindWords = [
  ...(['APPLICANT', 'ACTIVIST', 'CANDIDATE', 'PROBATIONARY', 'FULL'] as const),
  ...(['COUNTY_COMMITTEE', 'WORK_COMMITTEE', 'COMMITTEE', 'ORGAN_COMMITTEE', 'GENERAL_BRANCH'] as const),
  ...(['BRANCH', 'JOINT_BRANCH', 'TEMPORARY_BRANCH'] as const),
]

const ruleOf = (kind: FactKind): FactKindRule => factKinds[kind]

/** What a fact of a kind says, beside its day and its quantity. */
const factFields = (kind: FactKind): Fields => ({
  ...Object.fromEntries(Object.entries(ruleOf(kind).attributes).map(([name, { type }]) => [name, type])),
  ...{ quantity: 'double', day: 'string' },
})

const wordsOf = (kind: FactKind | undefined): [string, readonly string[]][] =>
  Object.entries(kind ? ruleOf(kind).attributes : {}).flatMap(([name, attribute]) =>
    attribute.type === 'string' ? [[`fact.${name}`, attribute.values] as [string, readonly string[]]] : [],
  )

/** Of what an expression may speak. */
export function speechOf(use: ExpressionUse): Speech {
  const kind = use.for === 'SUBJECT' ? undefined : use.factKind
  const readsFact = use.for === 'WHERE' || (use.for === 'POINTS' && use.each)
  const counts = use.for === 'WHERE' || use.for === 'SUBJECT' ? {} : kind ? overFacts : overScores
  return {
    names: counts,
    fields: {
      subject,
      ...(use.for === 'SUBJECT' ? {} : { period }),
      ...(readsFact && kind ? { fact: factFields(kind) } : {}),
    },
    words: new Map([['subject.kind', kindWords], ...(readsFact ? wordsOf(kind) : [])]),
  }
}

export class FactView {}
export class SubjectView {}
export class PeriodView {}

const inUnits = (hundredths: number): number => hundredths / 100
const views = { fact: FactView, subject: SubjectView, period: PeriodView } as const
type Owner = keyof typeof views
const isOwner = (name: string): name is Owner => name in views

/** What is not told (a fact of before an attribute was told) is nothing, never a fault. */
const spoken = (type: VariableType, value: unknown): unknown => {
  if (type === 'int') return BigInt(Math.trunc(Number(value ?? 0)))
  return value ?? { double: 0, bool: false, string: '' }[type]
}

function told({ fact, facts, scores, subject: of, period: time }: Values, owner: string, name: string): unknown {
  if (owner === 'subject') return of[name as keyof typeof of]
  if (owner === 'period') return time?.[name as keyof typeof time]
  if (owner === 'fact' && name === 'quantity') return inUnits(fact?.quantity ?? 0)
  if (owner === 'fact') return name === 'day' ? fact?.day : fact?.attributes[name]
  const value = facts?.[name as keyof typeof facts] ?? scores?.[name as keyof typeof scores] ?? 0
  return name === 'sum' || name === 'latest' || name === 'mean' ? inUnits(value) : value
}

/**
 * How values are said to the language: whole numbers as `bigint`, points and quantities in units; and of them only what an
 * expression reads (`paths`), since it is done for each of millions of evaluations.
 */
export function speakerOf(
  { names, fields }: Speech,
  paths: Iterable<string>,
): (values: Values) => Record<string, unknown> {
  const parts = [...paths].map(path => {
    const [owner = '', name = ''] = path.includes('.') ? path.split('.') : ['', path]
    return { owner, name, type: (owner ? fields[owner] : names)?.[name] ?? 'string' }
  })
  const owners = [...new Set(parts.map(({ owner }) => owner))].filter(isOwner)
  return values => {
    const said: Record<string, unknown> = {}
    for (const owner of owners) said[owner] = new views[owner]()
    for (const { owner, name, type } of parts) {
      const place = owner === '' ? said : (said[owner] as Record<string, unknown>)
      place[name] = spoken(type, told(values, owner, name))
    }
    return said
  }
}
