import { byPractice, type Citation } from '@linghang/rulebook'
import type { Form, FormAsker } from '@linghang/subgraph'

const form = (mutation: string, askedBy: FormAsker, citation: Citation, ...actions: string[]): Form => ({
  ...{ mutation, actions, askedBy, citation },
})
const scoring = byPractice('县级决定的考核办法')
const looking = byPractice('机关党委抽查组织生活台账')
const offered = byPractice('自愿使用的功能，不要求填报')

/**
 * What organisations hand in so that they are scored (law B8, R7): a mutation that stands neither here nor among those that nobody
 * hands in for an organisation fails the test beside this.
 */
export const forms: readonly Form[] = [
  form('recordFact', 'COUNTY', scoring, 'fact.recorded'),
  form('correctFact', 'COUNTY', scoring, 'fact.corrected'),
  form('decideExemption', 'COUNTY', scoring, 'exemption.decided'),
  form('confirmDeductions', 'COUNTY', scoring, 'deduction.confirmed'),
  form('dismissDeductions', 'COUNTY', scoring, 'deduction.dismissed'),
  form('answerBlackListing', 'SUPERIOR', looking, 'black-listing.answered'),
  form('appealLine', 'NOBODY', offered, 'appeal.opened'),
]

/** What nobody hands in for an organisation: it takes back, is a member's own, an office's above, or the county's. */
export const notHandedIn: ReadonlySet<string> = new Set([
  ...['withdrawFact', 'endExemption', 'takeDeductionBack', 'withdrawAppeal', 'withdrawNaming'],
  ...['askNotToBeNamed', 'declineMonthlyReports'],
  ...['noteAppealHearing', 'passAppealUp', 'answerAppeal', 'openLedgerDraw', 'drawLedgers', 'blackListBranch'],
  ...['liftBlackListing', 'judgeLedgerReview', 'readLedgerReview', 'publishLedgerReview', 'correctLedgerReview'],
  ...['decideBoard', 'endBoard', 'answerNaming', 'callBranchIn', 'holdBoardTalk', 'dropBoardTalk', 'startDryRun'],
  ...['publishPack', 'endScoring', 'publishScores', 'setAppealSettings', 'decideMonthlyReports'],
])
