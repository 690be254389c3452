import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import { firstSheetDayOf } from '@linghang/rulebook'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { type HeldLine, holdLines, type NamedLine } from './hold-lines.ts'
import { type LineStep, lineAfter } from './line-steps.ts'
import { lineStore, type WrittenLine } from './line-store.ts'
import { toldLine } from './tell-lines.ts'

/** How many lines of a signed sheet are recorded at once. */
const mostLines = 500

async function confirm(work: Work, held: readonly HeldLine[], step: LineStep, on: string): Promise<void> {
  const { actor } = work
  const lines = held.map(({ line, by }): WrittenLine => {
    const after = lineAfter(line, step, by)
    if ('refused' in after) return fail(after.refused, { found: `${line.year}` })
    return { ...line, ...after, confirmedOn: on, confirmedBy: actor.accountId, version: line.version + 1 }
  })
  await lineStore.write(work.tx, lines)
  const action = step === 'CONFIRM' ? 'dues-base.confirmed' : `dues-base.confirmed-on-paper: ${on}`
  await recordAudit(
    work,
    lines.map(({ id, orgId }) => ({ orgId, action, subjectType: 'DuesFixingLine', subjectId: id })),
  )
  await publish(
    work,
    lines.map(line => toldLine('dues.fixing.confirmed.v1', line)),
  )
}

/**
 * Confirms what one’s own dues are fixed at; or agrees, as whoever keeps the branch, to what the member has said.
 * @returns the line's id
 * @throws DomainError NOT_FOUND, CONFLICT for what was changed since it was read, DUES_BASE_CHECKED,
 *   DUES_BASE_CONFIRMED_ALREADY, DUES_BASE_INCOMPLETE, DUES_BASE_AWAITS_BRANCH, DUES_BASE_AWAITS_MEMBER
 */
export const confirmDuesBase = useCase(
  'confirmDuesBase',
  async (work, line: NamedLine): Promise<string> => {
    await confirm(work, await holdLines(work, [line]), 'CONFIRM', work.today)
    return line.lineId
  },
  { rights: 'COUNTY' },
)

/**
 * Records that members have confirmed on the signed sheet (党费核定表): all that are named or none. Nobody has to sign in
 * to the platform; paper counts as much. By whoever keeps their branch.
 * @param signedOn the day on the sheet
 * @returns the lines' ids
 * @throws DomainError NOT_FOUND, CONFLICT, BAD_INPUT, and what `confirmDuesBase` refuses
 */
export const recordConfirmedOnPaper = useCase(
  'recordConfirmedOnPaper',
  async (work, { lines, signedOn }: { lines: NamedLine[]; signedOn: string }): Promise<string[]> => {
    const ids = lines.map(({ lineId }) => lineId)
    if (ids.length === 0 || ids.length > mostLines || new Set(ids).size < ids.length)
      fail('BAD_INPUT', {
        ...{ field: 'lines', found: ids.length, wanted: `1 to ${mostLines} lines, each once` },
        wantedZh: `1 至 ${mostLines} 行，每行一次`,
      })
    const held = await holdLines(work, lines)
    const other = held.find(({ keeps }) => !keeps)
    if (other) fail('NOT_FOUND', { what: `DuesFixingLine:${other.line.id}` })
    for (const { line } of held) {
      const [from, to] = [firstSheetDayOf(line.year), work.today]
      if (signedOn < from || signedOn > to)
        fail('BAD_INPUT', {
          ...{ field: 'signedOn', found: signedOn, wanted: `${from} to ${to}`, wantedZh: `${from} 至 ${to}` },
        })
    }
    await confirm(work, held, 'CONFIRM_ON_PAPER', signedOn)
    return ids
  },
  { rights: 'COUNTY' },
)
