import {
  type Block,
  blank,
  blankDate,
  type Cell,
  countOr,
  type Inline,
  label,
  paragraph,
  plain,
  type Row,
  redHead,
  row,
  signature,
  table,
  value,
  writtenDate,
} from '@linghang/documents'
import { type ElectionPaper, spread } from '@linghang/rulebook'
import type { ElectionFile } from '../election-file.ts'
import type { Counted, Fields, Standing } from '../paper-fields.ts'
import { postWords } from '../words.ts'

export const dayOr = (day: string | null | undefined): readonly Inline[] => (day ? [writtenDate(day)] : blankDate)

/** What the branch wrote of a paper, or room to write it in. */
export function ownText(
  { own }: Pick<ElectionFile, 'own'>,
  paper: ElectionPaper,
  otherwise: readonly Block[],
  memberId: string | null = null,
): readonly Block[] {
  const found = own.find(one => one.paper === paper && one.memberId === memberId)
  return found && found.paragraphs.length > 0 ? found.paragraphs.map(plain) : otherwise
}

export const signedByBranch = (fields: Fields, day: string | null | undefined): Block =>
  signature([fields.text('organisation', 12)], dayOr(day))
export const signedBySuperior = (fields: Fields, day: string | null | undefined): Block =>
  signature([fields.text('superior', 12)], dayOr(day))

/** The head of a letter to the superior: it names who signed it for issue (签发人, GB/T 9704). */
export function upward(fields: Fields): { issuer: string; number: readonly Inline[] } {
  const { issuer, number } = redHead(fields.cell('organisation'), '支部委员会')
  return { issuer, number: [...number, '　　　　　签发人：', fields.text('secretary', 5)] }
}
export const downward = (fields: Fields) => redHead(fields.cell('superior'), '委员会')

/** A name as it stands in a list; an empty cell for whom no ballot names. */
export const nameCell = (name: string, span: Omit<Cell, 'content' | 'heading'> = {}): Cell =>
  value(name === '' ? null : spread(name), span)

/** 张三、李四; room to write in where one of them is not known. */
export const namesOr = (people: readonly { name: string }[], width = 16): Inline =>
  people.length > 0 && people.every(({ name }) => name !== '')
    ? people.map(({ name }) => name).join('、')
    : blank(width)

/** 书记候选人张三，副书记候选人李四. */
export const standingOr = (people: readonly Standing[], suffix: string): readonly Inline[] =>
  people.length === 0
    ? [blank(16)]
    : people.flatMap(({ post, name }, i): Inline[] => [
        ...(i > 0 ? ['，'] : []),
        `${postWords[post]}${suffix}`,
        name === '' ? blank(6) : name,
      ])

/** Rows to be written in by hand, until there are as many as are wanted. */
export const fillUp = (rows: readonly Row[], atLeast: number, empty: () => Row): Row[] => [
  ...rows,
  ...Array.from({ length: Math.max(0, atLeast - rows.length) }, empty),
]

/** Those due, who came, ballots out and back, and whether they hold, in one sentence; before the count for a pen. */
export function countSentence(ballot: Counted | undefined, voters: string): Block {
  const tally = ballot?.counted.tally
  const valid = tally && tally.returned - tally.void
  return paragraph`应到会有选举权的${voters}${countOr(tally?.due)}名，实到会${countOr(tally?.present)}名。发出选票${countOr(tally?.issued)}张，收回选票${countOr(tally?.returned)}张，其中有效票${countOr(valid)}张，无效票${countOr(tally?.void)}张。`
}

const columnsMm = [36, 24, 24, 24, 24, 24]
const numberCell = (count: number | null) => value(count === null ? null : String(count))

/** Votes by name, with who was elected; before the count the names that stand, for a pen. */
export function votesTable(
  { state }: Pick<ElectionFile, 'state'>,
  ballot: Counted | undefined,
  standing: readonly { memberId: string; name: string }[],
  names: ReadonlyMap<string, string>,
): Block {
  const tally = ballot?.counted.tally
  const outcome = ballot?.counted.outcome
  const elected = new Set(outcome && 'elected' in outcome ? outcome.elected : [])
  const counted = tally && [
    ...tally.candidates,
    ...tally.writeIns.map(one => ({ ...one, against: null, abstained: null })),
  ]
  const rows = (
    counted ?? standing.map(({ memberId }) => ({ memberId, inFavour: null, against: null, abstained: null }))
  )
    .toSorted((one, other) => (other.inFavour ?? 0) - (one.inFavour ?? 0))
    .map(({ memberId, inFavour, against, abstained }) =>
      row(
        10,
        nameCell(names.get(memberId) ?? standing.find(one => one.memberId === memberId)?.name ?? ''),
        ...[inFavour, against, abstained].map(numberCell),
        value(ballot ? (elected.has(memberId) ? '是' : '否') : null),
        value(tally?.writeIns.some(one => one.memberId === memberId) ? '另选人' : null),
      ),
    )
  const empty = () => row(10, ...columnsMm.map(() => value(null)))
  return table(
    columnsMm,
    row(10, label('姓　名'), label('赞　成'), label('不赞成'), label('弃　权'), label('是否当选'), label('备　注')),
    ...fillUp(rows, ballot ? 0 : Math.max(4, state.seats + 1), empty),
  )
}
