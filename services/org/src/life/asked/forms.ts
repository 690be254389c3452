import { byPractice, type Citation, electionCitations, inBranches, inElections } from '@linghang/rulebook'
import type { Form, FormAsker } from '@linghang/subgraph'

const form = (mutation: string, askedBy: FormAsker, citation: Citation, ...actions: string[]): Form => ({
  ...{ mutation, actions, askedBy, citation },
})
const meetings = inBranches('第十一条至第十六条')
const measures = inBranches('第十七条')
const elections = inElections('第三条')
const offered = byPractice('自愿使用的功能，不要求填报')
const above = byPractice('上级意见及答复')

/**
 * What organisations hand in of organisational life, elections and how they are set up (law B8, R7): a mutation that stands
 * neither here nor among those that nobody hands in for an organisation fails the test beside this.
 */
export const forms: readonly Form[] = [
  form('recordMeeting', 'REGULATION', meetings, 'meeting.recorded'),
  form('recordHeldMeeting', 'REGULATION', meetings, 'meeting.held'),
  form('changeMeeting', 'REGULATION', meetings, 'meeting.changed'),
  form('closeMeeting', 'REGULATION', meetings, 'meeting.closed'),
  form('correctMeeting', 'REGULATION', meetings, 'meeting.corrected'),
  form('planMeeting', 'NOBODY', offered, 'meeting.planned'),
  form('announceMeeting', 'NOBODY', offered, 'meeting.announced'),
  form('decideLeave', 'NOBODY', offered, 'meeting.leave-granted', 'meeting.leave-refused'),
  form('decideMakeUp', 'NOBODY', offered, 'meeting.made-up-confirmed', 'meeting.made-up-refused'),
  form('setMeetingStream', 'NOBODY', offered, 'meeting.stream-set'),
  form('answerMeetingRemark', 'NOBODY', offered, 'meeting.remark-answered'),
  form('addCriticismMeasure', 'REGULATION', measures, 'criticism.measure-added'),
  form('finishCriticismMeasure', 'REGULATION', measures, 'criticism.measure-done'),
  form('recordAppraisal', 'REGULATION', inBranches('第十八条'), 'appraisal.recorded'),
  form('makeLifePlan', 'NOBODY', offered, 'life-plan.made'),
  form('changeLifePlanEntry', 'NOBODY', offered, 'life-plan.changed'),
  form('fileLifePlan', 'COUNTY', byPractice('县级决定报备的组织生活方案'), 'life-plan.filed'),
  form('giveThemeDayReason', 'COUNTY', byPractice('县级规定的主题党日提醒日'), 'theme-day.reason'),
  form('answerRecordRemark', 'SUPERIOR', above, 'record-remark.answered'),
  form('planJointActivity', 'NOBODY', offered, 'joint-activity.planned'),
  form('answerJointInvitation', 'NOBODY', offered, 'joint-activity.accepted', 'joint-activity.declined'),
  form('closeJointActivity', 'NOBODY', offered, 'joint-activity.closed'),
  form('openElection', 'REGULATION', elections, 'election.opened'),
  form('moveElection', 'REGULATION', elections, 'election.moved'),
  form('requestElectionApproval', 'REGULATION', electionCitations.REQUEST, 'election.approval-requested'),
  form('callDelegates', 'REGULATION', electionCitations.DELEGATES, 'election.delegates-called'),
  form('recordRecommendations', 'REGULATION', electionCitations.RECOMMENDATION, 'election.recommended'),
  form('proposeCandidates', 'REGULATION', electionCitations.CANDIDATES, 'election.candidates'),
  form('announceCandidates', 'REGULATION', electionCitations.CANDIDATES, 'election.announced'),
  form('summonElectors', 'REGULATION', electionCitations.SUMMONS, 'election.summoned'),
  form('holdElectionAssembly', 'REGULATION', electionCitations.TELLERS, 'election.assembly'),
  form('openBallot', 'REGULATION', electionCitations.BALLOTS_IN_TURN, 'election.ballot'),
  form('enterTally', 'REGULATION', electionCitations.TWO_PEOPLE, 'election.tally'),
  form('reduceSeats', 'REGULATION', electionCitations.BALLOTS_IN_TURN, 'election.seats-reduced'),
  form('writeElectionPaper', 'NOBODY', offered, 'election.paper-written'),
  form('requestOrganisationChange', 'REGULATION', inBranches('第六条、第七条'), 'organisation-change.requested'),
  form('formPartyGroup', 'REGULATION', inBranches('第十三条'), 'party-group.formed'),
  form('changePartyGroup', 'REGULATION', inBranches('第十三条'), 'party-group.changed'),
  form('placeInTemporaryBranch', 'REGULATION', inBranches('第八条'), 'temporary-branch.placed'),
  form('recordCoveredUnits', 'REGULATION', inBranches('第五条'), 'organisation.covered-units'),
  form('giveLifeTheme', 'NOBODY', offered, 'life-theme.given'),
  form('leaveRecordRemark', 'NOBODY', offered, 'record-remark.left'),
  form('settleRecordRemark', 'NOBODY', offered, 'record-remark.settled'),
  form('recordSeat', 'REGULATION', inBranches('第二十条'), 'seat.recorded'),
]

/**
 * What nobody hands in for an organisation: it takes back or repeats, is a member's own, or sets the county up. What an office
 * above fills in is its own organisation's form, and stands among the others.
 */
export const notHandedIn: ReadonlySet<string> = new Set([
  // Taken back, repeated, or told apart by what was handed in already.
  ...['cancelMeeting', 'changePlannedMeeting', 'deleteMeeting', 'cancelElection', 'withdrawElectionApproval'],
  ...['takeElectedSeats', 'resubmitOrganisationChange', 'withdrawOrganisationChange', 'endPartyGroup', 'endSeat'],
  ...['addLifePlanEntry', 'removeLifePlanEntry', 'synchroniseSignIns', 'giveJointList'],
  // A member's own, of free will.
  ...['answerMeetingNotice', 'sayUnderMeeting', 'sayMeetingMadeUp', 'registerSignInKey', 'writeCriticismOpinion'],
  ...['writeSelfReview'],
  // What a county has decided, and of who administers accounts and the tree.
  ...['withdrawLifeTheme', 'setLifeSettings'],
  ...['setElectionSettings', 'setLibraryText', 'linkAccount', 'confirmAccount', 'releaseAccount', 'appointOffice'],
  ...['endOffice', 'registerOrganisation', 'changeOrganisation', 'moveOrganisation', 'recordApprovalPower'],
  ...[
    'createOrganisationImport',
    'previewOrganisationImport',
    'commitOrganisationImport',
    'withdrawOrganisationImport',
  ],
])
