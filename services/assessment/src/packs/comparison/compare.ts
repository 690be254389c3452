import type { PackDocument, Scale } from '../documents/pack.ts'

/** What differs between two packs at one place. */
export type Difference = {
  /** Of which scale; null of the pack as a whole. */
  scale: string | null
  /** What kind of part: an indicator, a heading, a grade, a light, an exemption, or the scale or pack itself. */
  part: 'PACK' | 'SCALE' | 'GROUP' | 'INDICATOR' | 'GRADE' | 'LIGHT' | 'EXEMPTION' | 'INDEX'
  key: string
  title: string
  change: 'ADDED' | 'REMOVED' | 'CHANGED'
  /** Which of its fields, by name. */
  fields: { name: string; before: string | null; after: string | null }[]
}

/** More than these nobody reads; two packs of other cases differ in most of what they have. */
const most = 1_000

type Part = Readonly<Record<string, unknown>>
type Place = Pick<Difference, 'scale' | 'part'>

const text = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)

/** Fields that differ; what stands in lists of parts is compared part by part. */
function fieldsOf(before: Part, after: Part, apart: readonly string[] = []): Difference['fields'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(name => !apart.includes(name))
    .sort()
  return names
    .map(name => ({ name, before: text(before[name]), after: text(after[name]) }))
    .filter(field => field.before !== field.after)
}

function parts(
  place: Place,
  before: readonly Part[],
  after: readonly Part[],
  keyOf = (part: Part) => String(part.key),
): Difference[] {
  const [olds, news] = [before, after].map(all => new Map((all as Part[]).map(part => [keyOf(part), part])))
  const keys = [...new Set([...(olds?.keys() ?? []), ...(news?.keys() ?? [])])]
  return keys.flatMap((key): Difference[] => {
    const [old, now] = [olds?.get(key), news?.get(key)]
    const named = { ...place, key, title: String((now ?? old)?.title ?? key) }
    if (old && now) {
      const fields = fieldsOf(old, now)
      return fields.length > 0 ? [{ ...named, change: 'CHANGED', fields }] : []
    }
    return [{ ...named, change: now ? 'ADDED' : 'REMOVED', fields: [] }]
  })
}

const listed = ['groups', 'indicators', 'grades', 'lights', 'exemptions']

function scales(before: readonly Scale[], after: readonly Scale[]): Difference[] {
  const both = before.flatMap(old => {
    const now = after.find(({ key }) => key === old.key)
    return now ? [{ old, now }] : []
  })
  const self = parts(
    { scale: null, part: 'SCALE' },
    before.filter(({ key }) => !both.some(({ old }) => old.key === key)),
    after.filter(({ key }) => !both.some(({ now }) => now.key === key)),
  )
  return [
    ...self,
    ...both.flatMap(({ old, now }): Difference[] => {
      const fields = fieldsOf(old, now, listed)
      const scale = old.key
      const reasonOf = (part: Part) => `${String(part.reason)}/${String(part.effect)}`
      return [
        ...(fields.length > 0
          ? [{ scale, part: 'SCALE', key: scale, title: now.title, change: 'CHANGED', fields } as const]
          : []),
        ...parts({ scale, part: 'GROUP' }, old.groups, now.groups),
        ...parts({ scale, part: 'INDICATOR' }, old.indicators, now.indicators),
        ...parts({ scale, part: 'GRADE' }, old.grades, now.grades),
        ...parts({ scale, part: 'LIGHT' }, old.lights, now.lights),
        ...parts({ scale, part: 'EXEMPTION' }, old.exemptions, now.exemptions, reasonOf),
      ]
    }),
  ]
}

/** What a county that goes from one pack to another changes, part by part; nothing where both are the same. */
export function differencesOf(before: PackDocument, after: PackDocument): Difference[] {
  const fields = fieldsOf(before, after, ['scales', 'indices'])
  const whole: Difference[] =
    fields.length > 0
      ? [{ scale: null, part: 'PACK', key: after.key, title: after.title, change: 'CHANGED', fields }]
      : []
  return [
    ...whole,
    ...scales(before.scales, after.scales),
    ...parts({ scale: null, part: 'INDEX' }, before.indices, after.indices),
  ].slice(0, most)
}
