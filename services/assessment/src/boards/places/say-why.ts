import type { BoardDecision, BoardKind } from '../decisions/decision.ts'

/** What is shown of a board, or why nothing is. */
export type BoardState = 'SHOWN' | 'NOT_DECIDED' | 'NOT_FOR_YOU' | 'NOT_PUBLISHED'

const names: Record<BoardKind, { zh: string; en: string }> = {
  MEMBERS: { zh: '党员积分榜', en: 'The board of members' },
  RED_BLACK: { zh: '党支部红黑榜', en: 'The red and black list of branches' },
  YEAR_ORDER: { zh: '党委内年度排名', en: 'The year’s order within a committee' },
}

/** The same in both languages, for whoever looks. */
export function whyOf(
  kind: BoardKind,
  state: BoardState,
  decision: Pick<BoardDecision, 'organ' | 'title' | 'number' | 'untilDay'> | null,
): { zh: string; en: string } {
  const { zh, en } = names[kind]
  const by = decision && {
    zh: `${decision.organ}《${decision.title}》（${decision.number}），有效期至 ${decision.untilDay}`,
    en: `${decision.organ}, ${decision.title} (${decision.number}), until ${decision.untilDay}`,
  }
  if (by === null || state === 'NOT_DECIDED')
    return {
      zh: `${zh}没有公布：本县（市、区）目前没有有效的决定。各人的成绩单照常可以查看`,
      en: `${en} is not shown: no decision of the county holds today. Everybody reads their own sheet as always`,
    }
  if (state === 'NOT_FOR_YOU')
    return {
      zh: `${zh}不在您的查看范围内，依据：${by.zh}`,
      en: `${en} is not for you, as was decided by ${by.en}`,
    }
  if (state === 'NOT_PUBLISHED')
    return {
      zh: `${zh}暂无内容：该时段的成绩单还没有全部公布。依据：${by.zh}`,
      en: `${en} is empty: the sheets of that time are not all published. Decided by ${by.en}`,
    }
  return { zh: `${zh}，依据：${by.zh}`, en: `${en}, decided by ${by.en}` }
}
