import type { Tx } from '../deps.ts'
import { noticeStore } from './store.ts'

/** Takes down whatever hangs for a case that has ended, moved or gone back: it is to be hung out anew, if at all. */
export const takeDown = (tx: Tx, caseId: string): Promise<void> => noticeStore.close(tx, caseId, null)
