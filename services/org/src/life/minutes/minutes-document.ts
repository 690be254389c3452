import {
  type Block,
  blank,
  type DocumentModel,
  heading,
  label,
  lines,
  note,
  paragraph,
  plain,
  row,
  signature,
  table,
  title,
  value,
  writtenDate,
} from '@linghang/documents'
import { matterRules, meetingKindRules } from '@linghang/rulebook'
import type { Meeting, MeetingContent, Person, Resolution } from '../meetings/meeting.ts'

/** What the minutes of a meeting are made from. */
export type Minutes = {
  organisation: string
  meeting: Pick<Meeting, 'kind' | 'state' | 'version'>
  content: MeetingContent
  printedOn: string
}

// Wide enough for 应到会有表决权 on one line.
const columnsMm = [34, 44, 34, 44]
/** Names are the register's, and who came signs with theirs: the minutes count them. */
function attendanceRows({ people, due, present }: MeetingContent) {
  const number = (of: (person: Person) => boolean) => `${people.filter(of).length} 人`
  const guests = people.filter(
    ({ standing, attendance }) => standing === 'PROBATIONARY' && attendance === 'PRESENT',
  ).length
  return [
    row(11, label('应到会有表决权'), value(`${due} 人`), label('实到会有表决权'), value(`${present} 人`)),
    row(
      11,
      label('请　假'),
      value(number(({ attendance }) => attendance === 'LEAVE')),
      label('缺　席'),
      value(number(({ attendance }) => attendance === 'ABSENT')),
    ),
    row(
      11,
      label('迟到、早退'),
      value(number(({ late, leftEarly }) => Boolean(late || leftEarly))),
      label('预备党员到会'),
      value(`${guests} 人`),
    ),
    row(
      11,
      label('不计入应到会'),
      value(number(({ exception }) => exception !== null)),
      label('主持人'),
      value(blank(8)),
    ),
  ]
}

/** What was said and what came of it, item by item; what was not written down is left to be written by hand. */
const itemBlocks = ({ items }: MeetingContent): Block[] =>
  items.flatMap(({ title: about, discussion, outcome }, i): Block[] => [
    heading(`${i + 1}．${about}`),
    ...(discussion?.trim() ? paragraphs(discussion) : [lines(2)]),
    ...(outcome?.trim() ? [paragraph`议定：${outcome.trim()}`] : []),
  ])

const paragraphs = (text: string): Block[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .map(plain)

const decisionNames = { SECRET_BALLOT: '无记名投票', COLLECTIVE_AGREEMENT: '集体研究' } as const

function voteOf({ decision, ballots, writtenInFavour, writtenAgainst, quorate, carried }: Resolution): string {
  if (decision === null || ballots === null) return '未表决。'
  const { due, present, inFavour, against, abstained } = ballots
  const opinions = writtenInFavour + writtenAgainst
  const byLetter =
    opinions > 0 ? `，另有书面意见 ${opinions} 份（赞成 ${writtenInFavour}、不赞成 ${writtenAgainst}）` : ''
  const outcome = carried ? '通过' : quorate ? '未通过' : '到会人数不足，表决无效'
  return `${decisionNames[decision]}：应到 ${due} 人，实到 ${present} 人，赞成 ${inFavour} 票，不赞成 ${against} 票，弃权 ${abstained} 票${byLetter}。${outcome}。`
}

const resolutionBlocks = ({ resolutions }: MeetingContent): Block[] =>
  resolutions.length === 0
    ? []
    : [
        heading('决议'),
        ...resolutions.flatMap((resolution, i): Block[] => [
          paragraph`（${String(i + 1)}）${matterRules[resolution.matter].name.zh}：${resolution.text}`,
          plain(voteOf(resolution)),
        ]),
      ]

/**
 * The minutes of a meeting as they are kept, to be signed: from its agenda, its attendance, its resolutions and votes.
 * A draft says that it is one.
 */
export function minutesDocument({ organisation, meeting, content, printedOn }: Minutes): DocumentModel {
  const { kind, state, version } = meeting
  const name = `${meetingKindRules[kind].name.zh}记录`
  const free = [content.agenda, content.minutes].flatMap(text => (text?.trim() ? paragraphs(text) : []))
  return {
    ...{ template: 'meeting-minutes', title: name, layout: 'RECORD', redHead: null },
    blocks: [
      title(organisation),
      title(name),
      table(
        columnsMm,
        row(11, label('时　间'), value(writtenDate(content.heldOn)), label('地　点'), value(content.place ?? blank(8))),
        ...attendanceRows(content),
      ),
      ...(content.items.length > 0 ? [heading('议题'), ...itemBlocks(content)] : []),
      ...(free.length > 0 ? [heading('记录'), ...free] : []),
      ...resolutionBlocks(content),
      heading('到会人员签名'),
      lines(3),
      signature([`记录人：`, blank(6)], [writtenDate(printedOn)]),
      note(state === 'CLOSED' ? `已归档，第 ${version} 版。` : '草稿，尚未归档。'),
    ],
  }
}
