import type { Text } from '../finding.ts'

/** Why a cell was not accepted. */
export type Refusal = { code: string; about: Text; wanted: Text }

/** A cell as it is meant, or why it cannot be. */
export type Reading<T> = { value: T; refusal?: undefined } | { value?: undefined; refusal: Refusal }

/** Reads a cell that is not blank. Pure. */
export type Normaliser<T> = (cell: string) => Reading<T>

export const accept = <T>(value: T): Reading<T> => ({ value })

export const refuse = (code: string, about: Text, wanted: Text): { refusal: Refusal } => ({
  refusal: { code, about, wanted },
})
