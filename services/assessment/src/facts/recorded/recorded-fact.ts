import type { Attribute, SubjectType } from '../fact.ts'
import { byHandKinds } from '../kinds/by-hand-kinds.ts'
import type { FactKindRule } from '../kinds/fact-kind-rule.ts'
import { fail } from './errors.ts'

export type ByHandKind = keyof typeof byHandKinds
export const byHand = Object.keys(byHandKinds) as ByHandKind[]

/** What an office has written down, in one of its versions: each correction is a new one, and so is taking it back. */
export type RecordedFact = {
  id: string
  version: number
  /** Whose office wrote it down. */
  orgId: string
  subjectType: SubjectType
  subjectId: string
  kind: ByHandKind
  day: string
  /** In hundredths. */
  quantity: number
  attributes: Readonly<Record<string, Attribute>>
  /** The one piece of evidence: what it rests on, such as the number of a document (R6). */
  evidence: string
  /** Why it was corrected or taken back; null in the first version. */
  reason: string | null
  withdrawn: boolean
  writtenAt: Date
}

export type GivenFact = {
  kind: ByHandKind
  day: string
  /** As people count: once is 1. */
  quantity: number
  attributes: readonly { key: string; value: string }[]
}

const most = { quantity: 1_000, attributes: 10, years: 5 } as const

const ruleOf = (kind: ByHandKind): FactKindRule => byHandKinds[kind]
export const subjectOf = (kind: ByHandKind): SubjectType => ruleOf(kind).subject

/** @throws DomainError FACT_SAYS_OTHERWISE where it says too much, too little, or what the kind does not know */
export function attributesOf(kind: ByHandKind, given: GivenFact['attributes']): Record<string, Attribute> {
  const { attributes } = ruleOf(kind)
  const said = new Map(given.map(({ key, value }) => [key, value]))
  const wanted = Object.keys(attributes)
  const strange = [...said.keys()].find(key => !Object.hasOwn(attributes, key))
  if (strange !== undefined || said.size !== given.length || given.length > most.attributes)
    fail('FACT_SAYS_OTHERWISE', { kind, key: strange ?? '', found: given.length, wanted: wanted.join(', ') })
  return Object.fromEntries(
    Object.entries(attributes).map(([key, type]) => {
      const value = said.get(key)
      const refuse = (values: string) => fail('FACT_SAYS_OTHERWISE', { kind, key, found: value ?? '', wanted: values })
      if (value === undefined) return refuse(wanted.join(', '))
      if (type.type === 'bool')
        return value === 'true' || value === 'false' ? [key, value === 'true'] : refuse('true, false')
      if (type.type === 'int') return /^\d{1,6}$/.test(value) ? [key, Number(value)] : refuse('0 – 999999')
      return type.values.includes(value) ? [key, value] : refuse(type.values.join(', '))
    }),
  )
}

/** How much of it, in hundredths. @throws DomainError BAD_INPUT unless above nothing, at most a thousand, with two decimals at most */
export function quantityOf(given: number): number {
  const quantity = Math.round(given * 100)
  if (!(quantity >= 1 && given <= most.quantity) || Math.abs(quantity - given * 100) > 1e-6)
    fail('BAD_INPUT', {
      ...{ field: 'quantity', found: given, wanted: `0.01 to ${most.quantity}, two decimals at most` },
      wantedZh: `0.01 至 ${most.quantity}，最多两位小数`,
    })
  return quantity
}

/** @throws DomainError BAD_INPUT for a day to come, or one that is years ago */
export function requireDay(day: string, today: string): void {
  const first = `${Number(today.slice(0, 4)) - most.years}${today.slice(4)}`
  if (day > today || day < first)
    fail('BAD_INPUT', { field: 'day', found: day, wanted: `${first} to ${today}`, wantedZh: `${first} 至 ${today}` })
}
