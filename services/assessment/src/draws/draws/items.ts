import type { PackDraw } from '../../packs/documents/pack.ts'

/** What is judged of a ledger; `most` in hundredths of a point. */
export type ReviewItem = { key: string; title: string; most: number; basis: 'PRACTICE' | 'COUNTY' }

/**
 * What committees commonly look at where a county has decided nothing: truth and effect (S0-19). The form is the platform's
 * own, and nobody asks for pictures of it (F4, F7). No regulation fixes these numbers.
 */
const usualItems: readonly ReviewItem[] = [
  { key: 'HELD_AS_RECORDED', title: '会议真实召开，到会人员与记录相符', most: 3_000, basis: 'PRACTICE' },
  { key: 'TOPIC_TO_THE_POINT', title: '议题切合上级部署和支部实际', most: 2_000, basis: 'PRACTICE' },
  { key: 'DISCUSSED', title: '讨论充分，决议明确', most: 2_000, basis: 'PRACTICE' },
  { key: 'CARRIED_OUT', title: '决议和整改落实，有成效', most: 3_000, basis: 'PRACTICE' },
]

/** What is judged where the pack of the quarter, which the county has decided, lists it; else what is usual. */
export const itemsBy = (draw: Pick<PackDraw, 'items'> | undefined): ReviewItem[] =>
  draw?.items?.map(({ key, title, most }) => ({ key, title, most: Math.round(most * 100), basis: 'COUNTY' })) ?? [
    ...usualItems,
  ]
