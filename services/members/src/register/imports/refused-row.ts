import { createFinding, type Finding, type Text } from '@linghang/rosters'

/** A staged row that the register does not take as it stands, by its line, and why. */
export type RefusedRow = { line: number; refusal: string }

/** Why a row is refused, for its finding. */
const refusalTexts: Record<string, { about: Text; wanted: Text }> = {
  OUTSIDE_YOUR_ORGANISATIONS: {
    about: { zh: '所在党支部已不在这份名册的范围内', en: 'the branch is no longer one that this roster may name' },
    wanted: { zh: '您管理的党支部', en: 'a branch that you administer' },
  },
  HAS_LEFT: {
    about: { zh: '此人已离开，该行未写入', en: 'this person has left; the row was not taken over' },
    wanted: {
      zh: '从名册中去掉，或先撤销离开、重新登记',
      en: 'nobody, or the leaving undone or the person registered again',
    },
  },
  REGISTERED_IN_ANOTHER_BRANCH: {
    about: {
      zh: '此人已登记在另一个党支部，该行未写入',
      en: 'this person is registered in another branch; the row was not taken over',
    },
    wanted: {
      zh: '登记所在的党支部，或先办理转接',
      en: 'the branch where the person is registered, or a transfer first',
    },
  },
  CASE_DECIDES: {
    about: {
      zh: '此人的发展个案正在办理，该行未写入',
      en: 'an open development case decides where this person stands; the row was not taken over',
    },
    wanted: { zh: '与个案一致的人员类别和日期', en: 'kind and dates as in the case' },
  },
}

export function toFinding({ line, refusal }: RefusedRow): Finding {
  const { about, wanted } = refusalTexts[refusal] as { about: Text; wanted: Text }
  return createFinding({ line, column: '所在党支部代码', severity: 'ERROR', code: refusal, found: '', about, wanted })
}
