import type { RegularKind } from '@linghang/rulebook'

export type Theme = {
  id: string
  orgId: string
  kind: RegularKind | null
  fromDay: string
  untilDay: string
  text: string
  basis: string
  givenAt: Date
  withdrawnAt: Date | null
  withdrawReason: string | null
}

export const themeCharacters = 500
export const longestMonths = 12
/** Standing ones an organisation may have at a time: more than that nobody studies. */
export const themesAtMost = 50
