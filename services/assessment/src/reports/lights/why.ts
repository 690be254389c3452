import type { Lit } from '../../engine/sheet.ts'
import type { Light, Scale } from '../../packs/documents/pack.ts'

/** A light that is on, with what it is for: put out by facts alone. */
export type LitFor = Lit & {
  title: string
  basis: Light['basis'] | null
  /** Of which kind facts were missing; null where it is on for a share of lit members or a score. */
  missing: string | null
  months: string[]
}

/** Why lights are on: by which rule of the scale, for which facts, and in which months, the newest first. */
export const litFor = (
  scale: Pick<Scale, 'lights'> | undefined,
  lights: readonly Lit[],
  litMonths: Readonly<Record<string, readonly string[]>>,
): LitFor[] =>
  lights.map(light => {
    const rule = scale?.lights.find(({ key }) => key === light.key)
    return {
      ...light,
      title: rule?.title ?? light.key,
      basis: rule?.basis ?? null,
      missing: rule && 'missed' in rule.by ? rule.by.reads.kind : null,
      months: [...(litMonths[light.colour] ?? [])].slice(0, 24),
    }
  })
