import { type RuleKey, rules } from './rules.ts'

/**
 * REFUSED: a rule forbids it, and no decision turns it on. WRONG: it is not a pack that could be worked with. NOTE: it may be
 * published, and whoever publishes it ought to know.
 */
export type FindingKind = 'REFUSED' | 'WRONG' | 'NOTE'

/** What was found at a place of a document, in both languages. */
export type Finding = {
  kind: FindingKind
  /** `scales[0].indicators[3].title`, or empty for the whole. */
  path: string
  code: string
  /** Which rule refuses it; null where none does. */
  rule: RuleKey | null
  zh: string
  en: string
}

type Texts = { zh: string; en: string }

const longestPath = 200
const longestText = 1_000

/** What was sent is told back by its beginning: findings are never as long as what they are about. */
const short = (finding: Finding): Finding => ({
  ...finding,
  ...{
    path: finding.path.slice(0, longestPath),
    zh: finding.zh.slice(0, longestText),
    en: finding.en.slice(0, longestText),
  },
})

export const wrong = (path: string, code: string, { zh, en }: Texts): Finding =>
  short({ kind: 'WRONG', path, code, rule: null, zh, en })

export const note = (path: string, code: string, rule: RuleKey, { zh, en }: Texts): Finding =>
  short({ kind: 'NOTE', path, code, rule, zh, en })

/** A refusal says what was found, and the rule with its text and where that stands. */
export function refused(path: string, code: string, rule: RuleKey, found: Texts): Finding {
  const { zh, en, from } = rules[rule]
  const named = rule.startsWith('R') ? { zh: `规则 ${rule}，`, en: `rule ${rule}, ` } : { zh: '', en: '' }
  return short({
    ...{ kind: 'REFUSED', path, code, rule },
    zh: `${found.zh}：${named.zh}${zh}（${from}）`,
    en: `${found.en}: ${named.en}${en} (${from})`,
  })
}
