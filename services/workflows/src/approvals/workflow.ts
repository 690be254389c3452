import type { RemindedUpTo } from '@linghang/rulebook'
import { continueAsNew } from '@temporalio/workflow'
import { keepWatch } from '../time/watch/keep-watch.ts'
import type { ApprovalWatch } from './watch.ts'

/** Keeps the time of one approval until it is decided or withdrawn; who decides and how is in the approvals' rows. */
export const approval = (start: ApprovalWatch, remindedUpTo: RemindedUpTo = {}): Promise<void> =>
  keepWatch(start, remindedUpTo, (watch, upTo) => continueAsNew<typeof approval>(watch, upTo))
