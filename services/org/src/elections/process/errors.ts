import { defineErrors } from '@linghang/subgraph/errors'

/** What is refused of an election: what was found, what is wanted, and where it stands. */
export const { fail, table } = defineErrors({
  ELECTION_OPEN_ALREADY: {
    zh: '本组织已有办理中的选举，请先办结或撤销',
    en: 'An election of this organisation is under way: finish or cancel it first',
  },
  ELECTION_CLOSED: { zh: '选举已办结（{found}）', en: 'The election is closed ({found})' },
  OFFICERS_ARE_APPOINTED: {
    zh: '{found} 的负责人由上级指定，不进行选举（{article}，{source}）',
    en: 'Officers of a {found} are appointed by the superior and not elected ({article}, {source})',
  },
  BODY_NOT_ALLOWED: {
    zh: '选举形式 {found} 不适用：本组织党员 {members} 名，可用 {wanted}；党员五百名以上或驻地分散的，经上级批准可召开党员代表大会（{article}，{source}）',
    en: 'The body {found} may not elect here, with {members} members: wanted {wanted}; a congress from 500 members on or where organisations are scattered ({article}, {source})',
  },
  DELEGATES_NOT_LAWFUL: {
    zh: '{body} 的代表名额为 {found}，应为 {wanted}（{article}，{source}）',
    en: '{found} delegates for {body}, wanted {wanted} ({article}, {source})',
  },
  DELEGATES_ARE_CALLED: {
    zh: '代表选举由召开代表大会的党组织部署，不由选举单位自行启动（{article}，{source}）',
    en: 'Delegates are elected where the organisation that holds the congress has called for it; wanted callDelegates there ({article}, {source})',
  },
  NOT_A_CONGRESS: {
    zh: '本次选举由 {found} 进行，没有代表名额可分配（{article}，{source}）',
    en: 'This election is held by {found}, which has no delegates ({article}, {source})',
  },
  UNIT_NOT_BELOW: {
    zh: '选举单位 {unit} 应为本组织的下级党组织，且各选举单位之间不得互相隶属（{article}，{source}）',
    en: '{unit} elects no delegates here: wanted organisations below this one, none of them below another ({article}, {source})',
  },
  UNIT_CALLED_ALREADY: {
    zh: '选举单位 {unit} 的代表选举已部署（{found}），撤销后才能重新部署',
    en: '{unit} was called to elect already ({found}): call that off first',
  },
  TOO_MANY_DELEGATES: {
    zh: '分配的代表名额共 {found} 名，超过批准的 {wanted} 名（{article}，{source}）',
    en: '{found} delegates are shared out, and {wanted} were agreed to ({article}, {source})',
  },
  DELEGATES_NOT_ELECTED: {
    zh: '代表名额 {wanted} 名，已分配 {found} 名，其中 {open} 个选举单位尚未选出并通过资格审查（{article}，{source}）',
    en: '{wanted} delegates are wanted, {found} are shared out, and in {open} organisations they are not elected and examined yet ({article}, {source})',
  },
  DELEGATES_DIFFER: {
    zh: '大会 {meetingId} 登记的人员与选出的代表不一致：缺 {missing} 名，多 {strangers} 名（{article}，{source}）',
    en: 'Those on the record of {meetingId} are not the delegates: {missing} are missing, {strangers} are none ({article}, {source})',
  },
  SEATS_NOT_LAWFUL: {
    zh: '委员职数 {found} 不符，应为 {from} 至 {most} 名（{article}，{source}）',
    en: '{found} seats, wanted {from} to {most} ({article}, {source})',
  },
  COMMITTEE_NOT_SET_UP: {
    zh: '正式党员 {found} 名，不足 {wanted} 名的党支部不设委员会：由党员大会直接选举书记，委员职数应为 0（{article}，{source}）',
    en: '{found} full members, under {wanted}: the branch has no committee and its assembly elects the secretary; wanted 0 seats ({article}, {source})',
  },
  COMMITTEE_WANTED: {
    zh: '正式党员 {found} 名，满 {wanted} 名应设委员会，委员职数不能为 0（{article}，{source}）',
    en: '{found} full members, {wanted} or more: a committee is elected, and 0 seats are refused ({article}, {source})',
  },
  POSTS_NOT_LAWFUL: {
    zh: '职务设置为书记 {secretaries} 名、副书记 {deputies} 名，应为 {wanted}（{article}，{source}）',
    en: '{secretaries} secretaries and {deputies} deputies, wanted {wanted} ({article}, {source})',
  },
  SEATS_NOT_VACANT: {
    zh: '拟选委员 {found} 名，现任 {sitting} 名，只能再选 {wanted} 名（{article}，{source}）',
    en: '{found} seats are to be filled beside {sitting} that are held: wanted {wanted} at the most ({article}, {source})',
  },
  POST_NOT_VACANT: {
    zh: '职务 {found} 尚有人担任，请先办理免职或离任（{article}，{source}）',
    en: 'The post {found} is held: end that seat first ({article}, {source})',
  },
  MOVED_TOO_FAR: {
    zh: '选举日期 {found} 应在 {from} 至 {until} 之间：延期或提前一般不超过一年（{article}，{source}）',
    en: 'The day {found} is refused, wanted {from} to {until}: late or early by a year at the most ({article}, {source})',
  },
  KIND_DOES_NOT_FIT: {
    zh: '任期 {termEnd} 届满，{on} 选举属于 {wanted}，不是 {found}（{article}，{source}）',
    en: 'With a term that ends on {termEnd} an election on {on} is {wanted}, not {found} ({article}, {source})',
  },
  ELECTION_REASON_MISSING: {
    zh: '{found} 须向上级说明理由（{article}，{source}）',
    en: '{found} wants its reason, for the superior ({article}, {source})',
  },
  TERM_NOT_KNOWN: {
    zh: '本组织任期届满日期未登记，请先登记任期（{article}，{source}）',
    en: 'The end of the term is not recorded: record it first ({article}, {source})',
  },
  ELECTION_DAYS_OUT_OF_ORDER: {
    zh: '{field} 为 {found}，应在 {from} 至 {until} 之间',
    en: '{field} is {found}, wanted {from} to {until}',
  },
  NOT_APPROVED_YET: {
    zh: '上级尚未批复：{wanted}，现为 {found}（{article}，{source}）',
    en: 'The superior has not agreed yet: wanted {wanted}, found {found} ({article}, {source})',
  },
  ALREADY_ASKED: {
    zh: '{found} 已报上级（{state}），不能再改或再报',
    en: '{found} is with the superior already ({state}): it is neither changed nor asked again',
  },
  NOTHING_TO_WITHDRAW: { zh: '没有待批复的请示', en: 'No request waits for its answer' },
  NO_SUPERIOR: { zh: '本组织没有上级党组织，无处报批', en: 'Nobody is above this organisation to decide' },
  NOT_RECOMMENDED: {
    zh: '尚无推荐情况：候选人须先由党员或下级组织酝酿推荐（{article}，{source}）',
    en: 'Nothing was recommended yet: members or the organisations below deliberate on candidates first ({article}, {source})',
  },
  CANDIDATE_NOT_RECOMMENDED: {
    zh: '{memberId} 不在推荐名单中，不能列为候选人（{article}，{source}）',
    en: '{memberId} was recommended by nobody and cannot be a candidate ({article}, {source})',
  },
  CANDIDATES_NOT_SET: {
    zh: '尚未提出候选人预备人选（{article}，{source}）',
    en: 'No candidates were put forward yet ({article}, {source})',
  },
  CANDIDATES_TOO_FEW: {
    zh: '候选人 {found} 名，应选 {seats} 名，须差额选举，候选人不少于 {wanted} 名（{article}，{source}）',
    en: '{found} candidates for {seats} seats: wanted {wanted} at the least, more than there are seats ({article}, {source})',
  },
  POSTS_NOT_EQUAL: {
    zh: '书记、副书记等额选举：职务 {post} 的候选人 {found} 名，应为 {wanted} 名（{article}，{source}）',
    en: 'Secretary and deputies are elected by as many candidates as posts: {found} for {post}, wanted {wanted} ({article}, {source})',
  },
  NAMED_TWICE: { zh: '{memberId} 出现了不止一次', en: '{memberId} is named more than once' },
  NOT_A_FULL_MEMBER: {
    zh: '{memberId} 在 {on} 为 {found}，没有被选举权，应为本组织正式党员（{article}，{source}）',
    en: 'On {on} {memberId} was {found}: wanted a full member of this organisation ({article}, {source})',
  },
  RIGHTS_ARE_SUSPENDED: {
    zh: '{memberId} 自 {found} 起受留党察看处分，没有选举权和被选举权（{article}，{source}）',
    en: 'The rights of {memberId} are suspended since {found}: they neither elect nor are elected ({article}, {source})',
  },
  NOTICE_TOO_SHORT: {
    zh: '候选人公示至 {found}，应不早于 {wanted}（{article}，{source}）',
    en: 'The notice of candidates ends on {found}, wanted {wanted} or later ({article}, {source})',
  },
  NOT_ANNOUNCED: {
    zh: '候选人尚未公示，或公示未满（{found}），大会不早于 {wanted}（{article}，{source}）',
    en: 'The candidates were not announced, or the notice has not ended ({found}): wanted {wanted} or later ({article}, {source})',
  },
  NOT_SUMMONED: {
    zh: '尚未发出党员大会通知（{article}，{source}）',
    en: 'The assembly was not summoned ({article}, {source})',
  },
  NOT_THE_ASSEMBLY: {
    zh: '会议 {meetingId} 为 {found}，应为本组织的 {wanted}（{article}，{source}）',
    en: 'The meeting {meetingId} is {found}, wanted {wanted} of this organisation ({article}, {source})',
  },
  QUORUM_NOT_MET: {
    zh: '应到 {due} 人，实到 {found} 人，到会有选举权的应不少于 {wanted} 人（{article}，{source}）',
    en: '{due} due and {found} present: wanted {wanted} at the least ({article}, {source})',
  },
  TELLERS_MISSING: {
    zh: '监票人、计票人未经大会通过，现有监票人 {found} 名、计票人 {counters} 名，至少各 1 名（{article}，{source}）',
    en: '{found} tellers and {counters} counters were passed by the assembly, wanted one of each at the least ({article}, {source})',
  },
  TELLER_IS_CANDIDATE: {
    zh: '{memberId} 是候选人，不能担任监票人或计票人（{article}，{source}）',
    en: '{memberId} stands in this election and counts no votes ({article}, {source})',
  },
  TELLER_WAS_NOT_THERE: {
    zh: '{memberId} 不是到会的有选举权党员，不能担任监票人（{article}，{source}）',
    en: '{memberId} was no voter present and cannot be a teller ({article}, {source})',
  },
  ASSEMBLY_NOT_HELD: {
    zh: '尚未登记选举大会的到会情况，不能发票（{article}，{source}）',
    en: 'The assembly is not recorded: no ballots are handed out before ({article}, {source})',
  },
  BALLOT_OPEN: { zh: '上一轮投票尚未计票完毕', en: 'The last ballot has not been counted' },
  NO_BALLOT_OPEN: { zh: '没有正在计票的投票', en: 'No ballot is being counted' },
  NOTHING_LEFT_TO_ELECT: {
    zh: '应选名额已满，没有需要再投票的事项',
    en: 'All seats and posts are filled: nothing is left to vote on',
  },
  BALLOT_OUT_OF_TURN: {
    zh: '现在应进行 {wanted}，不是 {found}（{article}，{source}）',
    en: 'The ballot due now is {wanted}, not {found} ({article}, {source})',
  },
  POST_CANDIDATE_NOT_ELECTED: {
    zh: '{memberId} 未当选委员，不能作为 {post} 候选人（{article}，{source}）',
    en: '{memberId} was not elected to the committee and cannot stand for {post} ({article}, {source})',
  },
  TALLY_DOES_NOT_ADD_UP: {
    zh: '票数不符（{fault}）：现为 {found}，应为 {wanted}（{article}，{source}）',
    en: 'The count does not add up ({fault}): found {found}, wanted {wanted} ({article}, {source})',
  },
  TALLY_OF_OTHERS: {
    zh: '计票名单与选票上的候选人不一致：应为 {wanted} 名，现有 {found} 名相符',
    en: 'The count is not of those on the ballot: {wanted} stand there, {found} of them are counted',
  },
  VOTERS_NOT_OF_ASSEMBLY: {
    zh: '应到 {found} 人、实到 {present} 人，与大会登记的应到 {wanted} 人、实到 {wantedPresent} 人不一致（{article}，{source}）',
    en: '{found} due and {present} present, and the attendance says {wanted} and {wantedPresent} ({article}, {source})',
  },
  SAME_PERSON_COUNTS_TWICE: {
    zh: '计票结果须由两人分别录入：第二次录入应由另一人完成（{article}，{source}）',
    en: 'Two people enter a count: wanted somebody else for the second entry ({article}, {source})',
  },
  TALLIES_DIFFER: {
    zh: '两人录入的票数不一致（{field}：{found} 与 {wanted}），请核对选票后重新录入（{article}，{source}）',
    en: 'The two entries differ ({field}: {found} and {wanted}): look at the ballots and enter again ({article}, {source})',
  },
  CONSENT_NOT_ENOUGH: {
    zh: '同意减少名额的 {found} 人，须超过到会有选举权人数 {voters} 人的半数，至少 {wanted} 人（{article}，{source}）',
    en: '{found} of {voters} voters consent to fewer seats: wanted over half, {wanted} at the least ({article}, {source})',
  },
  SEATS_NOT_TO_BE_REDUCED: {
    zh: '只有当选人数少于应选名额时才可减少名额（{article}，{source}）',
    en: 'Seats are reduced only where fewer were elected than there are seats ({article}, {source})',
  },
  ASSEMBLY_NOT_CLOSED: {
    zh: '选举大会 {meetingId} 的会议记录尚未定稿，定稿后再报选举结果（{article}，{source}）',
    en: 'The record of the assembly {meetingId} is not closed: close it, and report the result then ({article}, {source})',
  },
  ASSEMBLY_SAYS_OTHERWISE: {
    zh: '会议记录 {meetingId} 现为 {heldOn}、应到 {due} 人、实到 {present} 人，计票所依据的是 {wantedOn}、应到 {wantedDue} 人、实到 {wantedPresent} 人：记录更正后票数不能照旧使用，请更正记录，或撤销后重新选举（{article}，{source}）',
    en: 'The record {meetingId} says {heldOn}, {due} due, {present} present, and the votes were counted for {wantedOn}, {wantedDue} due, {wantedPresent} present: correct the record, or call off and elect anew ({article}, {source})',
  },
  RESULT_NOT_COMPLETE: {
    zh: '选举尚未完成：缺委员 {seats} 名、职务 {posts}（{article}，{source}）',
    en: 'The election is not complete: {seats} seats and the posts {posts} are open ({article}, {source})',
  },
})
