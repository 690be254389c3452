import { byPractice, type Citation, inAdmissions } from '@linghang/rulebook'
import type { Form, FormAsker } from '@linghang/subgraph'

const form = (mutation: string, askedBy: FormAsker, citation: Citation, ...actions: string[]): Form => ({
  ...{ mutation, actions, askedBy, citation },
})
const steps = inAdmissions('第二章至第五章', 'SECONDARY')
const register = byPractice('党员名册登记和变更')
const notices = byPractice('发展党员公示')

/**
 * What organisations hand in of the register and of development (law B8, R7): a mutation that stands neither here nor among
 * those that nobody hands in for an organisation fails the test beside this.
 */
export const forms: readonly Form[] = [
  form('openDevelopmentCase', 'REGULATION', steps, 'case.opened'),
  form('completeStep', 'REGULATION', steps, 'case.step-done'),
  form('assignPeople', 'REGULATION', steps, 'case.people-assigned'),
  form('declareRelatives', 'REGULATION', steps, 'case.relatives-declared'),
  form('recordReview', 'REGULATION', steps, 'case.review-held'),
  form('postponeConversion', 'REGULATION', steps, 'case.conversion-postponed'),
  form('requestApproval', 'REGULATION', steps, 'case.approval-requested'),
  form('endDevelopmentCase', 'REGULATION', steps, 'case.ended'),
  form('createMaterial', 'REGULATION', steps, 'material.filed'),
  form('openNotice', 'REGULATION', notices, 'case.notice-opened'),
  form('closeNotice', 'REGULATION', notices, 'case.notice-closed'),
  form('raiseObjection', 'NOBODY', notices, 'case.objection-raised'),
  form('decideObjection', 'REGULATION', notices, 'case.objection-decided'),
  form('registerMember', 'REGULATION', register, 'member.registered'),
  // Numbers corrected and penalties recorded are told as changes too: they are counted with them, as the least that was asked.
  form('changeMember', 'REGULATION', register, 'member.changed'),
  form('transferMember', 'REGULATION', register, 'member.transferred'),
  form('recordLeaving', 'REGULATION', register, 'member.left'),
]

/** What nobody hands in for an organisation: it takes back, looks, or is an office's above; or is counted as a change. */
export const notHandedIn: ReadonlySet<string> = new Set([
  ...['reopenStep', 'withdrawApproval', 'cancelNotice', 'undoLeaving', 'revealIdentity'],
  ...['correctNumbers', 'recordPenalty', 'endPenalty'],
  ...['setDevelopmentPolicy'],
  ...['createMemberImport', 'previewMemberImport', 'commitMemberImport', 'withdrawMemberImport'],
])
