/** As much of JSON Schema as the exported events use. */
export type EventSchema = {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  format?: string
  pattern?: string
  properties?: Record<string, EventSchema>
  required?: string[]
  anyOf?: EventSchema[]
}

/**
 * What would break somebody within one version of an event. A reader of the old schema must be able to read what is
 * written by the new one, and the new reader what the old one has written and Kafka still holds.
 * @returns one line for each change that breaks, empty when none does
 */
export function breakingChanges(before: EventSchema, after: EventSchema, at = ''): string[] {
  const place = at || '(whole)'
  const changes: string[] = []
  if (JSON.stringify(before.type) !== JSON.stringify(after.type)) changes.push(`${place}: another type`)
  if (JSON.stringify(before.const) !== JSON.stringify(after.const)) changes.push(`${place}: another value`)
  if (before.format !== after.format || before.pattern !== after.pattern) changes.push(`${place}: another format`)
  if (JSON.stringify(before.enum) !== JSON.stringify(after.enum)) changes.push(`${place}: other values allowed`)
  if (before.anyOf?.length !== after.anyOf?.length) changes.push(`${place}: other alternatives`)
  before.anyOf?.forEach((one, i) => {
    const other = after.anyOf?.[i]
    if (other) changes.push(...breakingChanges(one, other, at))
  })
  const properties = Object.entries(before.properties ?? {})
  for (const [name, old] of properties) {
    const path = at ? `${at}.${name}` : name
    const now = after.properties?.[name]
    if (!now) changes.push(`${path}: removed`)
    else changes.push(...breakingChanges(old, now, path))
    if (before.required?.includes(name) && !after.required?.includes(name))
      changes.push(`${path}: no longer always there`)
  }
  for (const name of after.required ?? [])
    if (!before.required?.includes(name)) changes.push(`${at ? `${at}.` : ''}${name}: newly required`)
  return changes
}
