import type { RemindedUpTo } from '@linghang/rulebook'
import { continueAsNew } from '@temporalio/workflow'
import { keepWatch } from '../../time/watch/keep-watch.ts'
import type { CaseWatch } from './watch.ts'

/** Keeps the time of one development case, from the application to the archive: the truth of it lives in members. */
export const developmentCase = (start: CaseWatch, remindedUpTo: RemindedUpTo = {}): Promise<void> =>
  keepWatch(start, remindedUpTo, (watch, upTo) => continueAsNew<typeof developmentCase>(watch, upTo))
