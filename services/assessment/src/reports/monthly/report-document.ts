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
} from '@linghang/documents'
import { inPoints } from '../../sheets/reading/sheet-row.ts'
import { averageFor, type Read, type Weak, weakOf } from './report.ts'

const groupColumnsMm = [66, 30, 30, 30]
// What helps has most to say.
const weakColumnsMm = [46, 20, 24, 66]

const points = (hundredths: number | null | undefined): string => (hundredths == null ? '—' : `${inPoints(hundredths)}`)

const weakBlocks = (weak: readonly Weak[]): Block[] =>
  weak.length === 0
    ? [plain('没有低于同类平均（无平均时为该项上限）的指标。')]
    : [
        table(
          weakColumnsMm,
          row(9, label('指　标'), label('得分'), label('同类平均'), label('怎么补')),
          ...weak.map(({ indicator, points: own, average, remedy }) =>
            row(9, value(indicator.title), value(points(own)), value(points(average)), value(remedy?.zh ?? '—')),
          ),
        ),
      ]

/**
 * A monthly report as it is read on paper (S1-9): of a person no name, which assessment does not know, and no day of
 * printing, so that the same report is the same file.
 */
export function reportDocument(read: Read, organisation: string): DocumentModel {
  const { report, document, scale, before, average } = read
  const name = report.subjectType === 'MEMBER' ? '党员月度报告' : '月度报告'
  const peers = averageFor(average)
  const [year, month] = report.month.split('-').map(Number)
  const head = row(9, label('分　类'), label('得分'), label('上月'), label('同类平均'))
  const groups = scale.groups.map(({ key, title: called }) =>
    row(
      9,
      value(called),
      value(points(report.groups.find(group => group.key === key)?.counted ?? 0)),
      value(points(before?.groups.find(group => group.key === key)?.counted)),
      value(points(peers?.groups[key])),
    ),
  )
  return {
    ...{ template: 'monthly-report', title: name, layout: 'RECORD', redHead: null },
    blocks: [
      title(organisation),
      title(name),
      paragraph`月份：${`${year}年${month}月`}`,
      paragraph`考核办法：${document.title}（第 ${String(report.packVersion)} 号决定）`,
      paragraph`时段：${report.periodFrom} 至 ${report.periodUntil}`,
      paragraph`得分：${points(report.score)} 分`,
      before === null ? plain('上月：没有可比的得分。') : paragraph`上月：${points(before.score)} 分`,
      peers === null
        ? plain('全县同类平均：不足五个，不作比较。')
        : paragraph`全县同类平均：${points(peers.score)} 分（共 ${String(peers.subjects)} 个）`,
      ...report.lights.map(light => {
        const lit = scale.lights.find(({ key }) => key === light.key)?.title ?? light.key
        return paragraph`亮灯：${lit}（自 ${light.since} 起）`
      }),
      heading('分类得分'),
      table(groupColumnsMm, head, ...groups),
      heading('薄弱项与处方'),
      ...weakBlocks(weakOf(read)),
      note('按生成时的成绩，以后不再改动；只供本人、本支部和有权查看的组织改进工作，不作排名。'),
    ],
  }
}
