export type SubjectType = 'MEMBER' | 'ORGANISATION'

type AttributeType = { type: 'string'; values: readonly string[] } | { type: 'int' } | { type: 'bool' }

export type FactKindRule = {
  name: { zh: string; en: string }
  /** Whose fact it is. */
  subject: SubjectType
  /** What it says; an expression reads nothing else of it beside `quantity` and `day`. */
  attributes: Readonly<Record<string, AttributeType>>
  /** Who tells it: a service by an event, or an office by hand with evidence. */
  told: 'EVENTS' | 'BY_HAND'
}
