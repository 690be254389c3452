import { createHash } from 'node:crypto'
import type { LineKind } from './propose.ts'
import type { StatementLine } from './read-line.ts'

export type LineState = 'OPEN' | 'CONFIRMED' | 'REJECTED'
export type BankLine = {
  id: string
  orgId: string
  keeperId: string
  bookedOn: string
  amountFen: bigint
  balanceFen: bigint | null
  otherSealed: Uint8Array
  otherDigits: string | null
  wordsSealed: Uint8Array
  proposedAs: LineKind | null
  proposedId: string | null
  state: LineState
  endedAt: Date | null
  endedAs: LineKind | null
  whyRejected: string | null
}

/**
 * By what each line of a file is known again: all that it says, and which of those that say the same it is. So a file that
 * is read twice, or that overlaps the one before, adds only what is new.
 */
export function fingerprintsOf(lines: readonly StatementLine[]): Buffer[] {
  const before = new Map<string, number>()
  return lines.map(line => {
    const { bookedOn, amountFen, balanceFen, other, otherNumber, words, serial } = line
    const said = JSON.stringify([bookedOn, `${amountFen}`, `${balanceFen ?? ''}`, other, otherNumber, words, serial])
    const nth = (before.get(said) ?? 0) + 1
    before.set(said, nth)
    return createHash('sha256').update(`${said}\n${nth}`).digest()
  })
}
