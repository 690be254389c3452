import { expect, test } from '@jest/globals'
import { lineAfter } from './line-steps.ts'

const [byMember, onPaper] = ['CONFIRMED BY_MEMBER', 'CONFIRMED ON_PAPER'] as const

test.each([
  // state, step, as whom -> what becomes of it
  ['PROPOSED', 'CORRECT', 'KEEPER', 'CORRECTED'],
  ['PROPOSED', 'CORRECT', 'MEMBER', 'CLAIMED'],
  ['CLAIMED', 'CORRECT', 'KEEPER', 'CORRECTED'],
  ['CLAIMED', 'CORRECT', 'MEMBER', 'CLAIMED'],
  ['CORRECTED', 'CORRECT', 'KEEPER', 'CORRECTED'],
  ['CORRECTED', 'CORRECT', 'MEMBER', 'CLAIMED'],
  ['CONFIRMED', 'CORRECT', 'KEEPER', 'CORRECTED'],
  ['CONFIRMED', 'CORRECT', 'MEMBER', 'CLAIMED'],
  ['CHECKED', 'CORRECT', 'KEEPER', 'DUES_BASE_CHECKED'],
  ['CHECKED', 'CORRECT', 'MEMBER', 'DUES_BASE_CHECKED'],
  ['PROPOSED', 'CONFIRM', 'MEMBER', byMember],
  ['CORRECTED', 'CONFIRM', 'MEMBER', byMember],
  ['CLAIMED', 'CONFIRM', 'MEMBER', 'DUES_BASE_AWAITS_BRANCH'],
  ['CONFIRMED', 'CONFIRM', 'MEMBER', 'DUES_BASE_CONFIRMED_ALREADY'],
  ['CHECKED', 'CONFIRM', 'MEMBER', 'DUES_BASE_CHECKED'],
  ['PROPOSED', 'CONFIRM', 'KEEPER', 'DUES_BASE_AWAITS_MEMBER'],
  ['CORRECTED', 'CONFIRM', 'KEEPER', 'DUES_BASE_AWAITS_MEMBER'],
  ['CLAIMED', 'CONFIRM', 'KEEPER', byMember],
  ['CONFIRMED', 'CONFIRM', 'KEEPER', 'DUES_BASE_CONFIRMED_ALREADY'],
  ['CHECKED', 'CONFIRM', 'KEEPER', 'DUES_BASE_CHECKED'],
  ['PROPOSED', 'CONFIRM_ON_PAPER', 'KEEPER', onPaper],
  ['CORRECTED', 'CONFIRM_ON_PAPER', 'KEEPER', onPaper],
  ['CLAIMED', 'CONFIRM_ON_PAPER', 'KEEPER', onPaper],
  ['CONFIRMED', 'CONFIRM_ON_PAPER', 'KEEPER', 'DUES_BASE_CONFIRMED_ALREADY'],
  ['CHECKED', 'CONFIRM_ON_PAPER', 'KEEPER', 'DUES_BASE_CHECKED'],
  // Whoever keeps the branch's papers has signed the sheet too, but does not agree with themselves.
  ['PROPOSED', 'CONFIRM_ON_PAPER', 'MEMBER', onPaper],
  ['CLAIMED', 'CONFIRM_ON_PAPER', 'MEMBER', 'DUES_BASE_AWAITS_BRANCH'],
] as const)('S3-5 what is %s becomes by %s of the %s: %s', (state, step, by, wanted) => {
  const found = lineAfter({ state, dueFen: 1n }, step, by)
  expect('refused' in found ? found.refused : [found.state, found.confirmedHow].filter(Boolean).join(' ')).toBe(wanted)
})

test.each(['CONFIRM', 'CONFIRM_ON_PAPER'] as const)('S3-5 nobody confirms what lacks something: %s', step => {
  expect(lineAfter({ state: 'PROPOSED', dueFen: null }, step, 'MEMBER')).toEqual({ refused: 'DUES_BASE_INCOMPLETE' })
  expect(lineAfter({ state: 'PROPOSED', dueFen: 0n }, step, 'MEMBER')).toMatchObject({ state: 'CONFIRMED' })
})
