import type { Rung } from '@linghang/rulebook'

/** By which rungs the dates of one rule are reminded of. */
export type RuleLadder = { rule: string; rungs: readonly Rung[] }
