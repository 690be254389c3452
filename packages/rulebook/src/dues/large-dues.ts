import { inDues } from './sources.ts'

/**
 * As much as this at once, of a member's own will and beside what they owe, is a large due (大额党费): all of it goes to the
 * centre, which gives the member its receipt (党费规定 2008, art. 11: 1000 元以上, which in drafting usage has 1000 in it).
 * Dues that are owed are none, however high.
 */
export const largeDues = { fromFen: 100_000n, citation: inDues('2008', '第十一条') } as const

/** @param voluntaryFen what was given at once beside what was owed */
export const isLargeDue = (voluntaryFen: bigint): boolean => voluntaryFen >= largeDues.fromFen
