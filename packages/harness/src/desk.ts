import { randomUUID } from 'node:crypto'
import type { ServiceName } from '@linghang/migrations'
import type { StepKey } from '@linghang/rulebook'
import { type Answer, type Data, dataOf, uuidOf } from './ask.ts'
import type { Asker } from './asker.ts'
import type { Look } from './databases.ts'
import type { CompleteStepInput, CreateMaterialInput, DevelopmentTemplate } from './generated/members.ts'
import type { MeetingContentInput, MeetingKind, MeetingMatter } from './generated/org.ts'
import type { ApprovalOutcome } from './generated/workflows.ts'
import type { Operations } from './operations.ts'
import { until } from './until.ts'

/** What is done to a case, each with nothing but its refusal or the case to look at. */
const commands = {
  assignPeople: 'mutation ($input: AssignPeopleInput!) { assignPeople(input: $input) { case { id } } }',
  cancelNotice: 'mutation ($input: CancelNoticeInput!) { cancelNotice(input: $input) { case { id } } }',
  closeNotice: 'mutation ($input: CloseNoticeInput!) { closeNotice(input: $input) { case { id } } }',
  decideObjection: 'mutation ($input: DecideObjectionInput!) { decideObjection(input: $input) { case { id } } }',
  declareRelatives: 'mutation ($input: DeclareRelativesInput!) { declareRelatives(input: $input) { case { id } } }',
  endDevelopmentCase:
    'mutation ($input: EndDevelopmentCaseInput!) { endDevelopmentCase(input: $input) { case { id } } }',
  openNotice: 'mutation ($input: OpenNoticeInput!) { openNotice(input: $input) { case { id } } }',
  postponeConversion:
    'mutation ($input: PostponeConversionInput!) { postponeConversion(input: $input) { case { id } } }',
  recordReview: 'mutation ($input: RecordReviewInput!) { recordReview(input: $input) { case { id } } }',
  reopenStep: 'mutation ($input: ReopenStepInput!) { reopenStep(input: $input) { case { id } } }',
  requestApproval: 'mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { case { id } } }',
  withdrawApproval: 'mutation ($input: WithdrawApprovalInput!) { withdrawApproval(input: $input) { case { id } } }',
} as const
type Command = keyof typeof commands
type InputOf<Name extends Command> = Operations['members'][(typeof commands)[Name]]['variables']['input']

/** Where a case is kept, and by whom. `Who` is an actor at the services, or a caller at the gateway. */
export type Keeping<Who> = {
  ask: (who: Who) => Asker
  look: Look
  branch: string
  committee: string
  secretary: Who
  committeeSecretary: Who
  /** Full members of the branch. */
  voters: readonly string[]
  memberId: string
  caseId: string
  /** The paper that is filed where any will do. */
  paper: Uint8Array
}

export type Meeting<Who> = { present?: number; inFavour?: number; about?: string; at?: string; by?: Who }
export type StepInput = Omit<CompleteStepInput, 'caseId' | 'step'>

const waitMs = 30_000

/** Files a paper in a case. @returns the material's id */
export async function fileMaterial(by: Asker, material: CreateMaterialInput, file: Uint8Array): Promise<string> {
  const { createMaterial } = dataOf(
    await by.members(
      'mutation ($input: CreateMaterialInput!) { createMaterial(input: $input) { material { id } putTo } }',
      { input: material },
    ),
  )
  const status = await by.put('members', createMaterial.putTo, file)
  if (status >= 300) throw new Error(`the paper was not taken: ${status}`)
  return createMaterial.material.id
}

/** Whoever does the paperwork of one case: its branch's secretary, unless somebody else is named. */
export function createDesk<Who>(place: Keeping<Who>) {
  const { caseId, memberId, look } = place
  const secretary = (): Who => place.secretary
  const mutate = <Name extends Command>(
    name: Name,
    input: Omit<InputOf<Name>, 'caseId'>,
    by = secretary(),
  ): Promise<Answer> => place.ask(by).untyped('members', commands[name], { input: { caseId, ...input } })
  const done = async (answer: Promise<Answer>): Promise<Data> => dataOf(await answer)
  const complete = (step: StepKey, input: StepInput, by = secretary()) =>
    place
      .ask(by)
      .members(
        'mutation ($input: CompleteStepInput!) { completeStep(input: $input) { case { step } warnings { code article } } }',
        { input: { caseId, step, ...input } },
      )
  /** What is asked of the case, in GraphQL; null for whoever does not see it. */
  const read = async (fields: string, by = secretary()): Promise<Data> =>
    dataOf(
      await place
        .ask(by)
        .untyped('members', `query ($id: ID!) { developmentCase(id: $id) { ${fields} } }`, { id: caseId }),
    ).developmentCase
  const heard = (database: ServiceName, table: string, id: string): Promise<boolean> =>
    until(
      async () => (await look(database, `select 1 from ${table} where id = $1`, [uuidOf(id)])).length === 1,
      waitMs,
      `${database} has heard of it: ${table}`,
    )
  /** A closed meeting with one resolution about the person. @returns its id */
  const close = async (
    kind: MeetingKind,
    matter: MeetingMatter,
    heldOn: string,
    { at = place.branch, by = secretary(), about = memberId, ...counts }: Meeting<Who> = {},
  ): Promise<string> => {
    const isAssembly = kind === 'BRANCH_ASSEMBLY'
    const due = isAssembly ? [...place.voters] : place.voters.slice(0, 5)
    const presentIds = due.slice(0, counts.present ?? due.length)
    const inFavour = counts.inFavour ?? presentIds.length
    const ballots = { due: due.length, present: presentIds.length, inFavour }
    const content: MeetingContentInput = {
      ...{ heldOn, place: '会议室', agenda: '发展党员', minutes: '讨论并表决。' },
      ...(isAssembly ? {} : { participantIds: due }),
      ...{ presentIds, absentIds: due.slice(presentIds.length) },
      resolutions: [
        {
          ...{ matter, memberId: about, text: '决议' },
          decision: isAssembly ? 'SECRET_BALLOT' : 'COLLECTIVE_AGREEMENT',
          ballots: { ...ballots, against: presentIds.length - inFavour, abstained: 0 },
        },
      ],
    }
    const { org } = place.ask(by)
    const { recordMeeting } = dataOf(
      await org('mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }', {
        input: { organisationId: at, kind, content },
      }),
    )
    const { id } = recordMeeting.meeting
    dataOf(
      await org('mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }', {
        input: { id },
      }),
    )
    return id
  }
  /** Waits until members has heard of a meeting. */
  const known = (meetingId: string) => heard('members', 'meeting_record', meetingId)
  /** The request that is handed in now, once the deciding office has it. */
  const handedIn = async (): Promise<string> => {
    const { approvalId, round } = (await read('approval { approvalId round }')).approval
    const sql = 'select 1 from approval where id = $1 and round = $2'
    await until(
      async () => (await look('workflows', sql, [uuidOf(approvalId), round])).length === 1,
      waitMs,
      'the deciding office has the request',
    )
    return approvalId
  }
  /** The deciding committee's meeting on the person, once workflows has heard of it, where the decision wants one. */
  const committeeMet = async (id: string, heldOn: string): Promise<{ meetingId?: string }> => {
    const by = place.committeeSecretary
    const { approval } = dataOf(
      await place.ask(by).workflows('query ($id: ID!) { approval(id: $id) { kind meetingWanted } }', { id }),
    )
    if (!approval.meetingWanted) return {}
    // A request is decided by a meeting on what it is about, of the same name.
    const matter = approval.kind as MeetingMatter
    const meetingId = await close('COMMITTEE', matter, heldOn, { at: place.committee, by })
    await heard('workflows', 'committee_meeting', meetingId)
    return { meetingId }
  }
  const decide = async (id: string, outcome: ApprovalOutcome, decidedOn: string, by: Who, reason?: string) => {
    const wantsMeeting = by === place.committeeSecretary && outcome !== 'RETURNED'
    const met = wantsMeeting ? await committeeMet(id, decidedOn) : {}
    return place
      .ask(by)
      .workflows('mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }', {
        input: { id, outcome, decidedOn, ...met, ...(reason ? { reason } : {}), idempotencyKey: randomUUID() },
      })
  }
  return {
    ...{ caseId, memberId, mutate, done, complete, read, close, known, handedIn, committeeMet, decide },
    finish: async (step: StepKey, input: StepInput, by?: Who) => dataOf(await complete(step, input, by)),
    /** Objects to a notice, as everybody may. */
    object: (noticeId: string, content: string, by: Who) =>
      place
        .ask(by)
        .members('mutation ($input: RaiseObjectionInput!) { raiseObjection(input: $input) { objectionId } }', {
          input: { noticeId, content },
        }),
    /** Files a paper of a step. @returns the material's id */
    file: (step: StepKey, template: DevelopmentTemplate, filedOn: string, by = secretary()) =>
      fileMaterial(place.ask(by), { caseId, step, template, filedOn, fileName: '材料.pdf' }, place.paper),
    /** A closed meeting that members has heard of. @returns its id */
    async meet(...meeting: Parameters<typeof close>): Promise<string> {
      const id = await close(...meeting)
      await known(id)
      return id
    },
    /** Hands the open step in. @returns the approval's id, once the deciding office has it */
    async ask(on: string): Promise<string> {
      await done(mutate('requestApproval', { on }))
      return handedIn()
    },
    /** The committee above approves; waits until the case has gone on. */
    async approve(id: string, decidedOn: string): Promise<void> {
      dataOf(await decide(id, 'APPROVED', decidedOn, place.committeeSecretary))
      await until(async () => (await read('history { type }')).history.at(-1).type !== 'APPROVAL_REQUESTED', waitMs)
    },
    stepNow: async (): Promise<string> => (await read('step')).step,
  }
}
export type Desk<Who> = ReturnType<typeof createDesk<Who>>

/** The refusals of an answer, each with the article that it names. */
export const refusalsOf = ({ errors }: Answer<unknown>): { code: string | undefined; article: unknown }[] =>
  errors.map(({ extensions }) => ({ code: extensions?.code, article: extensions?.params?.article ?? null }))
