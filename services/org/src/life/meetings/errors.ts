import { defineErrors } from '@linghang/subgraph/errors'

/** What a meeting is refused for: who belonged to it, who came, and how it voted. */
export const { fail, table } = defineErrors({
  OPINION_NOT_FOR_MATTER: {
    zh: '第 {n} 项决议（{matter}）不能计入书面意见：只有接收预备党员和预备党员转正、延长、取消的支部大会可以（{article}，{source}）',
    en: 'Resolution {n} ({matter}) takes no written opinions: only an assembly on admission, conversion, extension or cancellation does ({article}, {source})',
  },
  MEETING_IN_FUTURE: {
    zh: '会议日期 {found} 晚于今天 {wanted}：只能登记已经召开的会议',
    en: 'The meeting was to be held on {found}, after today, {wanted}: only meetings that have been held are recorded',
  },
  MEETING_KIND_NOT_FOR_ORGANISATION: {
    zh: '类别为 {organisationKind} 的党组织不召开 {kind}：支部召开支部党员大会、支委会、党小组会；支部和党总支召开组织生活会、开展民主评议；支部以上的党组织召开委员会会议、党员大会、党员代表大会，其中党委召开纪委会议；党课、主题党日和联合活动都可以',
    en: 'An organisation of kind {organisationKind} does not hold {kind}: branches hold assemblies, branch committees and group meetings; branches and general branches criticism meetings and appraisals; others committee meetings, member assemblies and congresses, committees those of their discipline committee; all hold classes, theme days and joint activities',
  },
  MATTER_NOT_FOR_MEETING: {
    zh: '第 {n} 项决议：{matter} 不由 {kind} 讨论决定，由{wantedZh}讨论决定（{source}{article}）',
    en: 'Resolution {n}: {matter} is not decided by a {kind}, wanted one of {wanted} ({source} {article})',
  },
  SPENDING_NOT_FOR_GROUP: {
    zh: '第 {n} 项决议：使用党费由党支部或党委集体讨论决定，不由党小组会决定（{source}{article}）',
    en: 'Resolution {n}: dues are spent by decision of the branch or the committee, not of a group ({source} {article})',
  },
  SPENDING_NOT_NAMED: {
    zh: '第 {n} 项决议：党费支出须写明是哪一项申请和金额，其他事项不写（{source}{article}）',
    en: 'Resolution {n}: a resolution on spending, and no other, names the request and its amount ({source} {article})',
  },
  TEMPORARY_BRANCH_DECIDES_NOT: {
    zh: '第 {n} 项决议（{matter}）：临时党支部不发展、不处分、不处置党员，不进行选举，不能作出这项决议（{article}）',
    en: 'Resolution {n} ({matter}): a temporary branch develops, punishes and disposes of nobody and elects nobody ({article})',
  },
  MEETING_IS_CLOSED: {
    zh: '会议已归档（第 {version} 版），不能修改：请用更正并说明原因',
    en: 'The meeting is closed (version {version}) and cannot be changed: correct it, with a reason',
  },
  MEETING_NOT_HELD: {
    zh: '会议还没有召开登记，现为 {found}：已召开的会议先登记召开，再填写和归档',
    en: 'The meeting has not been recorded as held, it is {found}: record that it was held before it is written down and closed',
  },
  MEETING_WAS_PLANNED: {
    zh: '会议是事先安排的（{found}），不能删除：不再召开的请取消并说明原因',
    en: 'The meeting was planned ({found}) and is not deleted: cancel it, with a reason',
  },
  MEETING_HAS_MORE: {
    zh: '会议已有整改措施或民主评议记录，不能删除：有误的请修改会议记录',
    en: 'Measures or appraisals are written down of this meeting, so that it is not deleted: change its record where it is wrong',
  },
  MARKED_WITHOUT_COMING: {
    zh: '{memberId} 在 {where} 中，但没有登记为到会：迟到、早退只登记到会的人',
    en: '{memberId} is in {where} and not among those who came: only they were late or left early',
  },
  MEETING_IS_DRAFT: { zh: '会议还是草稿：请直接修改', en: 'The meeting is a draft still: change it' },
  REGISTER_NOT_HEARD: {
    zh: '本组织有 {found} 名党员的党员身份尚未同步，应到人数无法确定，应为 0：请稍后再试',
    en: 'The standing of {found} people of this organisation is not known here yet, wanted 0: who was due cannot be told, try again later',
  },
  NOT_ON_REGISTER: {
    zh: '{memberId} 在 {heldOn} 不在本组织的名册上，或身份不符（应为 {wanted}）（{source}{article}）',
    en: '{memberId} was not on the register of this organisation on {heldOn}, or not as {wanted} ({source} {article})',
  },
  PERSON_NAMED_TWICE: {
    zh: '{memberId} 在 {where} 中出现了不止一次',
    en: '{memberId} is named more than once in {where}',
  },
  EXCEPTION_WITHOUT_CONSENT: {
    zh: '{memberId} 不计入应到（{reason}），须经上级党组织同意并经党员大会通过：请填写同意的党组织和日期（不晚于会议当日 {wanted}）；现为 {found}（{source}{article}）',
    en: 'Leaving {memberId} out of those due ({reason}) takes the consent of the organisation above and the vote of the assembly: give who agreed and when, no later than {wanted}; found {found} ({source} {article})',
  },
  EXCEPTION_TOO_SHORT: {
    zh: '{memberId} 自 {found} 起外出，到会议当日不满六个月：须不晚于 {wanted}，才可不计入应到（{source}{article}）',
    en: '{memberId} has been away since {found}, less than six months: wanted no later than {wanted} to be left out of those due ({source} {article})',
  },
  ON_REGISTER_THAT_DAY: {
    zh: '{memberId} 自 {found} 起在册，会议日期为 {wanted}：不属于会后才登记的人员',
    en: '{memberId} has been on the register since {found}, the meeting was on {wanted}: not somebody registered after it',
  },
  EXCEPTED_IN_ATTENDANCE: {
    zh: '{memberId} 已列为不计入应到，不能同时登记到会情况（{source}{article}）',
    en: '{memberId} is left out of those due and cannot have an attendance as well ({source} {article})',
  },
  PARTICIPANTS_MISSING: {
    zh: '{kind} 须写明组成人员，现为 0 人，至少 1 人',
    en: 'A meeting of kind {kind} names who belongs to it: found 0 people, wanted at least 1',
  },
  NOBODY_DUE: {
    zh: '名册上 {people} 人中没有应到会的有表决权党员，至少应有 1 人（{source}{article}）',
    en: 'Of {people} people on the register nobody with a vote was due, wanted at least 1 ({source} {article})',
  },
  ATTENDANCE_INCOMPLETE: {
    zh: '到会情况不全：已登记 {found} 人，应到 {wanted} 人；请为其余应到人员填写到会、请假或缺席（missing 列出他们的 id）',
    en: 'The attendance is not complete: {found} are accounted for, {wanted} were due; say of the others whether they came, were on leave or absent (missing names them)',
  },
  SUBJECT_MISSING: {
    zh: '第 {n} 项决议（{matter}）须写明一名对象：逐个讨论、逐个表决（{source}{article}）',
    en: 'Resolution {n} ({matter}) names the one person it is about: people are voted on one by one ({source} {article})',
  },
  RESOLUTION_TWICE: {
    zh: '同一次会议对 {memberId} 的 {matter} 只能有一项决议（{source}{article}）',
    en: 'One meeting decides {matter} of {memberId} once ({source} {article})',
  },
  VOTE_MISSING: {
    zh: '第 {n} 项决议（{matter}）缺少{missingZh}：表决方式（decision：{decisions}）和票数（ballots：{ballots}）须一并填写（{source}{article}）',
    en: 'Resolution {n} ({matter}) lacks {missing}: how it was decided (decision: {decisions}) and the votes (ballots: {ballots}) are both wanted ({source} {article})',
  },
  SECRET_BALLOT_WANTED: {
    zh: '第 {n} 项决议：支部党员大会须无记名投票表决（{wanted}），现为 {found}（{source}{article}）',
    en: 'Resolution {n}: an assembly votes by secret ballot ({wanted}), found {found} ({source} {article})',
  },
  BALLOTS_NOT_COUNTABLE: {
    zh: '第 {n} 项决议：票数 {found} 不是有效的数，应为 {wanted}（{source}{article}）',
    en: 'Resolution {n}: {found} is no number of ballots, wanted {wanted} ({source} {article})',
  },
  MORE_PRESENT_THAN_DUE: {
    zh: '第 {n} 项决议：实到 {found} 人，多于应到 {wanted} 人（{source}{article}）',
    en: 'Resolution {n}: {found} present, more than the {wanted} due ({source} {article})',
  },
  MORE_BALLOTS_THAN_VOTERS: {
    zh: '第 {n} 项决议：赞成、不赞成、弃权共 {found} 票，多于到会有表决权的 {wanted} 人（{source}{article}）',
    en: 'Resolution {n}: {found} ballots in all, more than the {wanted} voters present ({source} {article})',
  },
  MORE_OPINIONS_THAN_ABSENT: {
    zh: '第 {n} 项决议：书面意见 {found} 份，多于未到会的 {wanted} 人（{source}{article}）',
    en: 'Resolution {n}: {found} written opinions, more than the {wanted} voters who were absent ({source} {article})',
  },
  VOTERS_DIFFER: {
    zh: '第 {n} 项决议：票数统计的人数（{what}）为 {found}，与到会登记的 {wanted} 不符（{source}{article}）',
    en: 'Resolution {n}: the count says {found} voters {what}, the attendance {wanted} ({source} {article})',
  },
  OPINION_NOT_OF_ABSENT_VOTER: {
    zh: '第 {n} 项决议：{memberId} 不是应到而未到会的有表决权党员，其书面意见不能计入（{source}{article}）',
    en: 'Resolution {n}: {memberId} is not a voter who was due and absent, so a written opinion does not count ({source} {article})',
  },
  OPINION_TOO_LATE: {
    zh: '第 {n} 项决议：{memberId} 的书面意见于 {found} 收到，须在 {wanted} 开会之前（{source}{article}）',
    en: 'Resolution {n}: the written opinion of {memberId} came on {found}, wanted before the meeting of {wanted} began ({source} {article})',
  },
  TOO_MANY: { zh: '{what} 共 {found} 项，最多 {wanted} 项', en: '{found} {what}, at most {wanted} are taken' },
})
