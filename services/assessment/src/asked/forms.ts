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
  form('openLedgerDraw', 'COUNTY', looking, 'ledger-draw.opened'),
  form('drawLedgers', 'COUNTY', looking, 'ledger-draw.drawn'),
  form('judgeLedgerReview', 'COUNTY', looking, 'ledger-review.judged'),
  form('readLedgerReview', 'COUNTY', looking, 'ledger-review.agreed', 'ledger-review.returned'),
  form('publishLedgerReview', 'COUNTY', looking, 'ledger-review.published'),
  form('correctLedgerReview', 'COUNTY', looking, 'ledger-review.reopened'),
  form('blackListBranch', 'COUNTY', looking, 'black-listing.entered'),
  form('liftBlackListing', 'COUNTY', looking, 'black-listing.lifted'),
  form('noteAppealHearing', 'COUNTY', scoring, 'appeal.heard'),
  form('passAppealUp', 'COUNTY', scoring, 'appeal.passed-up'),
  form('answerAppeal', 'COUNTY', scoring, 'appeal.upheld', 'appeal.rejected'),
  form('callBranchIn', 'COUNTY', scoring, 'talk.opened'),
  form('holdBoardTalk', 'COUNTY', scoring, 'talk.held'),
  form('dropBoardTalk', 'COUNTY', scoring, 'talk.dropped'),
  form('appealLine', 'NOBODY', offered, 'appeal.opened'),
]

/** What nobody hands in for an organisation: it takes back, is a member's own, or decides for the county. */
export const notHandedIn: ReadonlySet<string> = new Set([
  ...['withdrawFact', 'endExemption', 'takeDeductionBack', 'withdrawAppeal', 'withdrawNaming'],
  ...['askNotToBeNamed', 'declineMonthlyReports'],
  ...['decideBoard', 'endBoard', 'answerNaming', 'startDryRun'],
  ...['publishPack', 'endScoring', 'publishScores', 'setAppealSettings', 'decideMonthlyReports'],
])
