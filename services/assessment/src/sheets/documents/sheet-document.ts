import {
  type Block,
  type DocumentModel,
  heading,
  label,
  note,
  paragraph,
  plain,
  row,
  table,
  title,
  value,
  writtenDate,
} from '@linghang/documents'
import type { Line, LineState } from '../../engine/sheet.ts'
import type { Scale } from '../../packs/documents/pack.ts'
import { type Derived, indicatorsOf, inPoints, mendsOf } from '../reading/sheet-row.ts'

/** What a sheet is printed from; of a person no name, which assessment does not know. */
export type PrintedSheet = {
  derived: Derived
  /** Whose it is: the organisation's name, or where a person belongs. */
  organisation: string
  isOfMember: boolean
  version: number
  publishedOn: string | null
  printedOn: string
}

const stateNames: Readonly<Record<LineState, string>> = {
  COUNTED: '已计',
  NOT_MET: '未得',
  OPEN: '进行中',
  PROPOSED: '拟扣，未确认',
  DISMISSED: '不扣',
  NOT_KNOWN: '不详，不计',
  EXEMPT: '不计',
}
// The title and the words have most to say.
const columnsMm = [52, 18, 22, 64]
const linesAtMost = 12

const points = (hundredths: number): string => `${inPoints(hundredths)}`
const daysOf = ({ span }: Line): string => (span.from === span.until ? span.from : `${span.from} 至 ${span.until}`)

/** One line in words: when, what became of it, for how much, and on how many facts it rests. */
function wordsOf(line: Line): string {
  const facts = line.facts.length === 0 ? '' : `，依据 ${line.facts.length} 项`
  const worth = line.points === 0 ? '' : ` ${points(line.state === 'COUNTED' ? line.counted : line.points)} 分`
  const adjusted = line.adjusted ? `（原 ${points(line.adjusted.from)} 分，更正：${line.adjusted.reason}）` : ''
  return `${daysOf(line)}：${stateNames[line.state]}${worth}${line.carried ? '（沿用上次）' : ''}${facts}${adjusted}`
}

function groupBlocks(derived: Derived, group: Scale['groups'][number]): Block[] {
  const own = indicatorsOf(derived).filter(({ indicator }) => indicator.group === group.key)
  const counted = derived.sheet.groups.find(({ key }) => key === group.key)?.counted ?? 0
  const head = row(9, label('指　标'), label('得分'), label('上限'), label('明　细'))
  const rows = own.map(({ indicator, lines, counted: total }) => {
    const shown = lines.slice(0, linesAtMost).map(wordsOf)
    const more = lines.length > linesAtMost ? [`另有 ${lines.length - linesAtMost} 条，见系统`] : []
    const words = shown.length === 0 ? ['无'] : [...shown, ...more]
    return row(
      9,
      value(indicator.title),
      value(points(total)),
      value(`${indicator.cap ?? '—'}`),
      value(words.join('；')),
    )
  })
  return [heading(`${group.title}（${points(counted)} 分）`), table(columnsMm, head, ...rows)]
}

/** A sheet as it is read on paper: each indicator with its lines, and what would bring most next (S0-21). */
export function sheetDocument(printed: PrintedSheet): DocumentModel {
  const { derived, organisation, isOfMember, version, publishedOn, printedOn } = printed
  const { sheet, scale, document } = derived
  const name = isOfMember ? '党员成绩单' : '成绩单'
  const grade = scale.grades.find(({ key }) => key === sheet.grade)?.title
  const mends = mendsOf(derived).slice(0, 5)
  return {
    ...{ template: 'score-sheet', title: name, layout: 'RECORD', redHead: null },
    blocks: [
      title(organisation),
      title(name),
      paragraph`考核办法：${document.title}（第 ${String(sheet.pack.version)} 号决定）`,
      paragraph`时段：${sheet.period.from} 至 ${sheet.period.until}`,
      paragraph`得分：${points(sheet.score)} 分（基础分 ${String(scale.base)} 分，可得 ${points(sheet.attainable)} 分）`,
      ...(grade ? [paragraph`等次：${grade}`] : []),
      ...sheet.lights.map(light => {
        const lit = scale.lights.find(({ key }) => key === light.key)?.title ?? light.key
        return paragraph`亮灯：${lit}（自 ${light.since} 起）`
      }),
      ...scale.groups.flatMap(group => groupBlocks(derived, group)),
      ...(mends.length > 0 ? [heading('下一步')] : []),
      ...mends.map(({ indicator, more, points: worth, by }) =>
        plain(`${indicator.title}：${by} 前再完成 ${more} 次，可得或保住 ${points(worth)} 分。`),
      ),
      note(
        publishedOn === null
          ? `实时成绩，${writtenDate(printedOn)} 打印；拟扣分未经确认不计入得分。`
          : `${writtenDate(publishedOn)} 公布，第 ${version} 版。`,
      ),
    ],
  }
}
