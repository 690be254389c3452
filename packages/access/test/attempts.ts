import { createHash } from 'node:crypto'
import { shanghaiDay } from '@linghang/access'
import { codesOf, send } from '@linghang/harness/ask'
import { issuer } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { appealAttempts, appealDecisions } from './assessment-appeals.ts'
import { boardDecisions, ownNaming } from './assessment-boards.ts'
import { assessmentDecisions } from './assessment-decisions.ts'
import { drawAttempts } from './assessment-draws.ts'
import { factAttempts } from './assessment-facts.ts'
import { assessmentReports } from './assessment-reports.ts'
import {
  type ActorName,
  below,
  type District,
  type MeetingPlace,
  meetingPeople,
  meetingPlaces,
  type Person,
  type Place,
  people,
  placeNames,
} from './district.ts'
import { duesAttempts, ofTheCounty } from './dues-attempts.ts'
import { electionAttempts } from './elections.ts'
import { jointAttempts } from './joint.ts'
import { lifeAttempts, lifeDecisions } from './life.ts'
import { reviewAttempts } from './reviews.ts'

type Attempt = { what: string; run: () => Promise<{ what: string; refused: boolean; codes: string[] }> }

/** Where each keeps the register and, of those, where each appoints and imports. */
const keeps: Record<ActorName, Place | null> = {
  countyAdmin: 'root',
  leaderOfA: null,
  inspectorOfA: null,
  adminOfA: 'a',
  treasurerOfA: null,
  cashierOfA1: null,
  secretaryOfA1: 'a1',
  adminOfA1: 'a1',
  ordinaryMember: null,
  appOfA1: 'a1',
  readingAppOfA1: null,
  stranger: null,
  officeOfCity: null,
}
/** Whose books each keeps, with all below. */
const keepsBooks: Record<ActorName, Place | null> = { ...keeps, treasurerOfA: 'a', cashierOfA1: 'a1' }
/** Whose books an actor keeps: their own place and all below. */
export const booksKeptBy = (name: ActorName): Place[] => (keepsBooks[name] ? below(keepsBooks[name]) : [])
/** Whose register an actor keeps. */
export const keptBy = (name: ActorName): Place[] => (keeps[name] ? below(keeps[name]) : [])
const sees: Record<ActorName, readonly Person[]> = {
  countyAdmin: ['kai', 'lan', 'mei', 'ning'],
  leaderOfA: ['kai', 'lan', 'mei'],
  inspectorOfA: ['kai', 'lan', 'mei'],
  adminOfA: ['kai', 'lan', 'mei'],
  treasurerOfA: [],
  cashierOfA1: [],
  secretaryOfA1: ['kai', 'lan'],
  adminOfA1: ['kai', 'lan'],
  ordinaryMember: ['kai'],
  appOfA1: ['kai', 'lan'],
  readingAppOfA1: ['kai', 'lan'],
  stranger: [],
  officeOfCity: [],
}
const isMeetingPlace = (place: Place): place is MeetingPlace => meetingPlaces.some(name => name === place)
const administers: ReadonlySet<ActorName> = new Set(['countyAdmin', 'adminOfA', 'adminOfA1'])

/**
 * Changes that are not this actor's to make. `BEYOND_SCOPE`: at organisations that they do not keep. `BEYOND_OFFICE`:
 * also what takes an administrator, at those that they do keep.
 */
function attemptsOf(district: District, name: ActorName, kind: 'BEYOND_SCOPE' | 'BEYOND_OFFICE'): Attempt[] {
  const {
    org,
    person,
    meetings,
    announced,
    seats,
    changes,
    groups,
    books,
    imports,
    county,
    actors,
    world,
    rows,
    codes,
  } = district
  const actor = actors[name]
  const kept = keeps[name] ? below(keeps[name]) : []
  const mutate = (
    service: 'org' | 'members' | 'dues' | 'assessment',
    field: string,
    type: string,
    input: object,
    what = field,
  ): Attempt => ({
    what: `${what} ${JSON.stringify(input)}`,
    async run() {
      const document = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`
      const answer = await world.askUntyped[service](actor, document, { input })
      return {
        what: `${what} ${JSON.stringify(input)}`,
        refused: answer.data === null || answer.errors.length > 0,
        codes: codesOf(answer),
      }
    },
  })
  const upload = (service: 'org' | 'members', importId: string): Attempt => ({
    what: `PUT ${importId}`,
    async run() {
      const path = `/imports/${importId.split(':')[1]}/file`
      const { status } = await send(world.urls[service], actor, {
        method: 'PUT',
        path,
        body: Buffer.from('姓名\n某某\n'),
      })
      return { what: `PUT ${importId}`, refused: status >= 400 && status < 500, codes: [String(status)] }
    },
  })

  const organisationsBeyond = (Object.keys(org) as Place[]).filter(place => !kept.includes(place))
  const membersBeyond = (['kai', 'mei', 'ning'] as const).filter(
    who => !kept.includes({ kai: 'a1', mei: 'a2', ning: 'b1' }[who] as Place),
  )
  const atOrganisations = organisationsBeyond.flatMap(place => [
    mutate('org', 'changeOrganisation', 'ChangeOrganisationInput', { id: org[place], name: '改名' }),
    mutate('org', 'registerOrganisation', 'RegisterOrganisationInput', {
      superiorId: org[place],
      code: `${county.code}999999999`,
      name: '新设',
      kind: 'COMMITTEE',
    }),
    mutate('org', 'moveOrganisation', 'MoveOrganisationInput', {
      id: org[place],
      superiorId: org[place === 'b' ? 'a' : 'b'],
    }),
    mutate('org', 'moveOrganisation', 'MoveOrganisationInput', { id: org.a1, superiorId: org[place] }),
  ])
  const atChanges = organisationsBeyond.flatMap(place => [
    mutate('org', 'requestOrganisationChange', 'RequestOrganisationChangeInput', {
      ...{ organisationId: org[place], kind: 'RENAME', name: '私改', reason: '私改' },
    }),
    ...(isMeetingPlace(place)
      ? [
          mutate('org', 'withdrawOrganisationChange', 'WithdrawOrganisationChangeInput', { id: changes[place] }),
          mutate('org', 'resubmitOrganisationChange', 'ResubmitOrganisationChangeInput', {
            id: changes[place],
            reason: '私报',
          }),
        ]
      : []),
  ])
  const atGroups = organisationsBeyond.flatMap(place => [
    mutate('org', 'placeInTemporaryBranch', 'PlaceInTemporaryBranchInput', {
      ...{ organisationId: org[place], memberIds: [] },
    }),
    mutate('org', 'recordCoveredUnits', 'RecordCoveredUnitsInput', { organisationId: org[place], units: 9 }),
    mutate('org', 'formPartyGroup', 'FormPartyGroupInput', { organisationId: org[place], name: '私设', memberIds: [] }),
    ...(isMeetingPlace(place)
      ? [
          mutate('org', 'changePartyGroup', 'ChangePartyGroupInput', { id: groups[place], name: '私改' }),
          mutate('org', 'endPartyGroup', 'EndPartyGroupInput', { id: groups[place], reason: '私撤' }),
        ]
      : []),
  ])
  const meetingsBeyond = meetingPlaces.filter(place => !kept.includes(place))
  const content = { heldOn: '2026-01-06', minutes: '改写' }
  const plan = { startsAt: '2999-01-01T01:00:00Z', place: '改写' }
  const atMeetings = meetingsBeyond.flatMap(place => [
    mutate('org', 'recordMeeting', 'RecordMeetingInput', {
      organisationId: org[place],
      kind: 'BRANCH_ASSEMBLY',
      content,
    }),
    mutate('org', 'changeMeeting', 'ChangeMeetingInput', { id: meetings[place], content }),
    mutate('org', 'closeMeeting', 'CloseMeetingInput', { id: meetings[place] }),
    mutate('org', 'correctMeeting', 'CorrectMeetingInput', { id: meetings[place], content, reason: '改写' }),
    mutate('org', 'deleteMeeting', 'DeleteMeetingInput', { id: meetings[place], reason: '改写' }),
    mutate('org', 'planMeeting', 'PlanMeetingInput', { organisationId: org[place], kind: 'BRANCH_ASSEMBLY', plan }),
    mutate('org', 'changePlannedMeeting', 'ChangePlannedMeetingInput', { id: announced[place], plan }),
    mutate('org', 'announceMeeting', 'AnnounceMeetingInput', { id: announced[place] }),
    mutate('org', 'cancelMeeting', 'CancelMeetingInput', { id: announced[place], reason: '不开了' }),
    mutate('org', 'recordHeldMeeting', 'RecordHeldMeetingInput', { id: announced[place], content }),
    mutate('org', 'decideLeave', 'DecideLeaveInput', {
      ...{ meetingId: announced[place], memberId: person[meetingPeople[place]], granted: true, reason: '代填' },
    }),
    mutate('org', 'setMeetingStream', 'SetMeetingStreamInput', {
      ...{ meetingId: announced[place], liveUrl: 'https://live.example.cn/a.m3u8' },
    }),
    mutate('org', 'decideMakeUp', 'DecideMakeUpInput', {
      ...{ meetingId: announced[place], memberId: person[meetingPeople[place]], confirmed: true },
    }),
    mutate('org', 'sayMeetingMadeUp', 'SayMeetingMadeUpInput', {
      ...{ meetingId: announced[place], reason: 'WORK', note: '补课' },
    }),
    mutate('org', 'addCriticismMeasure', 'AddCriticismMeasureInput', {
      ...{ meetingId: announced[place], problem: '问题', measure: '措施', dueOn: '2999-01-01' },
    }),
    mutate('org', 'recordAppraisal', 'RecordAppraisalInput', {
      ...{ meetingId: announced[place], memberId: person[meetingPeople[place]], leftOutReason: '患病' },
    }),
    mutate('org', 'writeSelfReview', 'WriteSelfReviewInput', { meetingId: announced[place], text: '自评' }),
    mutate('org', 'writeCriticismOpinion', 'WriteCriticismOpinionInput', {
      ...{ meetingId: announced[place], aboutMemberId: person[meetingPeople[place]], text: '意见' },
    }),
    mutate('org', 'giveThemeDayReason', 'GiveThemeDayReasonInput', {
      ...{ organisationId: org[place], month: '2026-01-01', reason: '代填' },
    }),
    mutate('org', 'synchroniseSignIns', 'SynchroniseSignInsInput', { meetingId: announced[place], scans: [] }),
    // Where somebody belongs they answer for themselves, and say what they have to say.
    ...(name === 'ordinaryMember' && place === 'a1'
      ? []
      : [
          mutate('org', 'sayUnderMeeting', 'SayUnderMeetingInput', {
            ...{ meetingId: announced[place], kind: 'REMARK', text: '插话' },
          }),
        ]),
    ...(name === 'ordinaryMember' && place === 'a1'
      ? []
      : [
          mutate('org', 'answerMeetingNotice', 'AnswerMeetingNoticeInput', {
            meetingId: announced[place],
            answer: 'COMES',
          }),
        ]),
  ])
  const atElections = meetingsBeyond.flatMap(place =>
    electionAttempts(place, district).map(({ field, type, input }) => mutate('org', field, type, input)),
  )
  const atLife = meetingsBeyond.flatMap(place =>
    lifeAttempts(place, district).map(({ field, type, input }) => mutate('org', field, type, input)),
  )
  // With the county's rights once the use case has asked: it alone is tried.
  const atAppeals =
    kind === 'BEYOND_SCOPE'
      ? []
      : meetingsBeyond.flatMap(place =>
          appealAttempts(place, district).map(({ field, type, input }) => mutate('assessment', field, type, input)),
        )
  const atReviews = [
    ...meetingsBeyond.flatMap(place =>
      [...reviewAttempts(place, district), ...jointAttempts(place, district)].map(({ field, type, input }) =>
        mutate('org', field, type, input),
      ),
    ),
    // A key is of somebody's own file.
    ...(name === 'ordinaryMember'
      ? []
      : [mutate('org', 'registerSignInKey', 'RegisterSignInKeyInput', { publicKey: 'A'.repeat(43) })]),
  ]
  const atDraws = meetingPlaces.flatMap(place =>
    drawAttempts(place, district, kept, kind === 'BEYOND_OFFICE').map(({ field, type, input }) =>
      mutate('assessment', field, type, input),
    ),
  )
  const atFacts = meetingsBeyond.flatMap(place =>
    factAttempts(place, district).map(({ field, type, input }) => mutate('assessment', field, type, input)),
  )
  // Nobody of another county decides for this one: what they decide is their own.
  const decisions =
    kind === 'BEYOND_SCOPE' || name === 'countyAdmin' || name === 'stranger'
      ? []
      : [
          ...(actor.memberId === null ? ownNaming() : []).map(({ field, type, input }) =>
            mutate('assessment', field, type, input),
          ),
          ...lifeDecisions().map(({ field, type, input }) => mutate('org', field, type, input)),
          ...[...assessmentDecisions(), ...assessmentReports(), ...appealDecisions(), ...boardDecisions(district)].map(
            ({ field, type, input }) => mutate('assessment', field, type, input),
          ),
        ]
  const atMembers = membersBeyond.flatMap(who => [
    mutate('members', 'changeMember', 'ChangeMemberInput', { id: person[who], floating: true }),
    mutate('members', 'transferMember', 'TransferMemberInput', { id: person[who], organisationId: org.a1 }),
    mutate('members', 'recordLeaving', 'RecordLeavingInput', {
      memberId: person[who],
      leftOn: '2020-01-01',
      reason: '出国',
    }),
  ])
  // Row-level security knows who reads and who writes; that only whoever writes is shown whole numbers, the use case knows.
  const revealed = kind === 'BEYOND_OFFICE' ? membersBeyond : membersBeyond.filter(who => !sees[name].includes(who))
  const reveals = revealed.map(who =>
    mutate('members', 'revealIdentity', 'RevealIdentityInput', { memberId: person[who], reason: '查看' }),
  )
  const transfersOut = organisationsBeyond.includes('b1')
    ? [mutate('members', 'transferMember', 'TransferMemberInput', { id: person.lan, organisationId: org.b1 })]
    : []
  const registrations = (['a1', 'a2', 'b1'] as const)
    .filter(place => !kept.includes(place))
    .map(place =>
      mutate('members', 'registerMember', 'RegisterMemberInput', {
        organisationId: org[place],
        name: '新人',
        idNumber: rows.kai.公民身份号码,
        kind: 'APPLICANT',
        appliedOn: '2024-01-01',
      }),
    )
  const adminBeyond = (Object.keys(org) as Place[]).filter(place => !(administers.has(name) && kept.includes(place)))
  const adminOnly = (kind === 'BEYOND_OFFICE' ? adminBeyond : organisationsBeyond).flatMap(place => [
    mutate('org', 'appointOffice', 'AppointOfficeInput', {
      accountId: `Account:${actor.accountId}`,
      organisationId: org[place],
      role: actor.kind === 'APP' ? 'APP' : 'ADMIN',
    }),
    mutate('org', 'linkAccount', 'LinkAccountInput', {
      organisationId: org[place],
      kind: 'PERSON',
      issuer,
      subject: `sneak-${codes[place]}`,
    }),
    mutate('org', 'recordSeat', 'RecordSeatInput', {
      ...{ organisationId: org[place], memberId: person.lan, post: 'DEPUTY_SECRETARY', entry: 'APPOINTED' },
      ...{ from: '2026-01-06', evidence: '私任' },
    }),
    ...(isMeetingPlace(place)
      ? [mutate('org', 'endSeat', 'EndSeatInput', { seatId: seats[place], reason: '私免' })]
      : []),
    mutate('org', 'createOrganisationImport', 'CreateImportInput', { organisationId: org[place] }),
    mutate('members', 'createMemberImport', 'CreateImportInput', { organisationId: org[place] }),
  ])
  const countyImport =
    name === 'countyAdmin' || name === 'stranger'
      ? []
      : [mutate('members', 'createMemberImport', 'CreateImportInput', {})]
  const importsBeyond = adminBeyond.includes('a2')
    ? [
        mutate('members', 'previewMemberImport', 'PreviewImportInput', { id: imports.members }),
        mutate('members', 'commitMemberImport', 'CommitImportInput', { id: imports.members, mode: 'VALID' }),
        upload('members', imports.members),
      ]
    : []
  const booksKept = booksKeptBy(name)
  const spendingAt = (place: Place) => {
    const id = books.spendings[place]
    return [
      mutate('dues', 'requestSpending', 'RequestSpendingInput', {
        ...{ organisationId: org[place], use: 'FLAGS', amountFen: '1', payee: '某某', purpose: '私用' },
      }),
      mutate('dues', 'submitSpending', 'SubmitSpendingInput', { id }),
      mutate('dues', 'cancelSpending', 'CancelSpendingInput', { id, reason: '撤' }),
      mutate('dues', 'decideSpending', 'DecideSpendingInput', { id, approve: true }),
      mutate('dues', 'recordSpendingVoucher', 'RecordSpendingVoucherInput', {
        ...{ id, number: '1', issuer: '某店', issuedOn: '2026-01-01', amountFen: '1' },
      }),
      mutate('dues', 'settleSpending', 'SettleSpendingInput', { id, settledFen: '1', voucherIds: [] }),
      mutate('dues', 'passDuesUp', 'PassDuesUpInput', {
        ...{ organisationId: org[place], year: 2025, amountFen: '1', note: '私缴' },
      }),
    ]
  }
  const inSpending =
    kind === 'BEYOND_SCOPE' ? [] : placeNames.filter(place => !booksKept.includes(place)).flatMap(spendingAt)
  // The account is the county's: whoever keeps its books is nobody here but the county's administrator. What is posted runs
  // with the whole county's rights in the database once the use case has asked, so that the use case alone is tried.
  const inBooks =
    kind === 'BEYOND_SCOPE' || name === 'countyAdmin'
      ? []
      : (Object.keys(org) as Place[]).flatMap(place => [
          mutate('dues', 'recordDuesIncome', 'RecordDuesIncomeInput', {
            ...{ organisationId: org[place], reason: 'INTEREST', amountFen: '1', note: '私记' },
          }),
          mutate('dues', 'reverseDuesJournal', 'ReverseDuesJournalInput', {
            journalId: books.journals[place],
            reason: '冲',
          }),
          mutate('dues', 'openDuesAccount', 'OpenDuesAccountInput', {
            ...{ organisationId: org[kept.includes(place) ? 'root' : place], bank: 'ABC', bankNumber: '95599000' },
          }),
          mutate('dues', 'setDuesLimit', 'SetDuesLimitInput', {
            ...{ accountId: books.accounts[place], period: 'MONTH', limitFen: '1', basis: '私定' },
          }),
          mutate('dues', 'openDuesFund', 'OpenDuesFundInput', {
            ...{ organisationId: org[place], name: '私设', purpose: 'HARDSHIP' },
          }),
          mutate('dues', 'setAsideDues', 'SetAsideDuesInput', {
            ...{ fundId: books.funds[place], amountFen: '1', note: '私划' },
          }),
          mutate('dues', 'closeDuesMonth', 'CloseDuesMonthInput', { accountId: books.account, month: '2026-01-01' }),
        ])
  // Of what is fixed and waived too.
  const today = shanghaiDay(new Date())
  const ofYear = { year: Number(today.slice(0, 4)) }
  const hardship = { fromMonth: today, toMonth: today, hardship: 'ILLNESS', reason: '改写', studyNumber: '8' }
  const fixing =
    kind === 'BEYOND_SCOPE'
      ? []
      : [
          ...organisationsBeyond.flatMap(place => [
            mutate('dues', 'beginDuesFixing', 'BeginDuesFixingInput', { organisationId: org[place], ...ofYear }),
            mutate('dues', 'checkDuesFixing', 'CheckDuesFixingInput', {
              ...{ organisationId: org[place], ...ofYear, confirmedOnly: true },
            }),
          ]),
          ...membersBeyond.flatMap(who => [
            mutate('dues', 'recordDuesPaidThrough', 'RecordDuesPaidThroughInput', {
              ...{ memberId: person[who], through: today },
            }),
            mutate('dues', 'pauseDues', 'PauseDuesInput', {
              ...{ memberId: person[who], kind: 'ABROAD', from: today, basis: '私停' },
            }),
          ]),
          // Accountant and cashier take what members pay: of those whose books they keep.
          ...membersBeyond
            .filter(who => !booksKept.includes(people[who]))
            .map(who =>
              mutate('dues', 'recordDuesPayment', 'RecordDuesPaymentInput', {
                ...{ memberId: person[who], amountFen: '1', way: 'CASH', receivedOn: today, payer: 'SELF' },
              }),
            ),
          ...membersBeyond.map(who =>
            mutate('dues', 'requestDuesWaiver', 'RequestDuesWaiverInput', {
              ...{ ...hardship, memberId: person[who], studiedOn: today },
            }),
          ),
        ]
  const own = name === 'ordinaryMember' ? 'kai' : null
  const everyMutation =
    kind === 'BEYOND_SCOPE'
      ? []
      : duesAttempts(district, booksKept, own)
          .made.filter(({ name: field }) => name !== 'stranger' || !ofTheCounty.some(one => one === field))
          .map(({ name: field, type, input }) => mutate('dues', field, type, input))
  return [
    ...everyMutation,
    ...fixing,
    ...inSpending,
    ...inBooks,
    ...atOrganisations,
    ...atChanges,
    ...atGroups,
    ...atMeetings,
    ...atElections,
    ...atLife,
    ...atReviews,
    ...atAppeals,
    ...atDraws,
    ...atFacts,
    ...decisions,
    ...atMembers,
    ...reveals,
    ...transfersOut,
    ...registrations,
    ...adminOnly,
    ...countyImport,
    ...importsBeyond,
  ]
}

/** All of them at once: what one actor tries, they may try at the same moment. */
export const tryAll = (district: District, name: ActorName, kind: 'BEYOND_SCOPE' | 'BEYOND_OFFICE') =>
  Promise.all(attemptsOf(district, name, kind).map(attempt => attempt.run()))

/** Every table of dues that has rows of a county and is not the service's own bookkeeping. */
const duesTables = async ({ world }: District): Promise<string[]> => {
  const rows = await look(
    'dues',
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'county_id'
     and table_name ~ '^(dues|ledger)_|^audit_entry$' order by 1`,
    [],
    world.databaseSuffix,
  )
  return rows.map(({ name }) => name)
}

/** Everything that a change would touch, as one hash a table: equal before and after means that nothing was changed. */
export async function stateOf(district: District): Promise<Record<string, string>> {
  const tables = {
    org: [
      'organisation',
      'org_node',
      'office',
      'committee',
      'committee_seat',
      'approval_request',
      'organisation_change',
      'party_group',
      'party_group_member',
      'temporary_place',
      'account',
      'meeting',
      'meeting_version',
      'meeting_notice',
      'meeting_stream',
      'meeting_remark',
      'meeting_make_up',
      'meeting_sign_in',
      'sign_in_key',
      'record_remark',
      'record_remark_answer',
      'follow_up',
      'joint_activity',
      'joint_party',
      'criticism_opinion',
      'criticism_measure',
      'member_appraisal',
      'election',
      'election_fact',
      'election_paper_text',
      'election_settings',
      'life_settings',
      'life_theme',
      'life_plan',
      'life_plan_entry',
      'life_plan_topic',
      'library_text',
      'theme_day',
      'roster_import',
      'audit_entry',
    ],
    members: ['member', 'roster_import', 'audit_entry'],
    dues: await duesTables(district),
    assessment: [
      ...['report_decision', 'board_decision', 'naming_request', 'board_talk'],
      ...['pack_decision', 'score_publication', 'dry_run', 'sheet_ruling'],
      ...['ledger_draw', 'ledger_draw_place', 'ledger_review', 'black_listing', 'black_listing_answer'],
      ...['appeal', 'appeal_step', 'appeal_settings', 'recorded_fact', 'exemption', 'audit_entry'],
    ],
  }
  const state: Record<string, string> = {}
  for (const [database, names] of Object.entries(tables) as [keyof typeof tables, readonly string[]][]) {
    for (const table of names) {
      const rows = await look(
        database,
        `select t::text as text from ${table} t where county_id = $1 order by 1`,
        [district.county.id],
        district.world.databaseSuffix,
      )
      state[`${database}.${table}`] = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
    }
  }
  return state
}
