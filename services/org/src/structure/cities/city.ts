import { isBranch } from '@linghang/rulebook'

export type City = { id: string; code: string; name: string }

/** A login that reads its city's counties: an office (市级职务), from when to when. */
export type CityOffice = { id: string; cityId: string; name: string; issuer: string; subject: string }

/** How many organisations of a county go on. */
export type CountyCounts = { organisations: number; branches: number }

export function countsOfKinds(kinds: readonly { kind: string; count: number }[]): CountyCounts {
  const sum = (counted: readonly { count: number }[]) => counted.reduce((total, { count }) => total + count, 0)
  return { organisations: sum(kinds), branches: sum(kinds.filter(({ kind }) => isBranch(kind))) }
}
