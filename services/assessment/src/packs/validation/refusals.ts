import { factKinds } from '../../facts/kinds/fact-kinds.ts'
import { type Ban, bans, standing } from './banned.ts'
import { type Finding, refused } from './finding.ts'
import { plainText } from './plain-text.ts'
import type { RuleKey } from './rules.ts'

/** Deeper than any pack, more texts and longer ones: what is beyond is refused by its shape, and need not be read. */
const deepest = 12
const mostTexts = 10_000
const longestText = 300

/** Fields that no pack has, and by which rule: whoever writes one wants what is forbidden, and is told so. */
const fields: readonly { rule: RuleKey; name: RegExp; zh: string; en: string }[] = [
  { rule: 'R15', name: /emergency/i, zh: '应急签到设置', en: 'a setting for emergency sign-in' },
  { rule: 'R3', name: /rank|board|publish|visib/i, zh: '排名、榜单设置', en: 'a setting for ranks or boards' },
  { rule: 'R4', name: /standing|consequence|penalt/i, zh: '对党籍、处分的影响', en: 'an effect on standing' },
  { rule: 'R5', name: /sign_?in|check_?in|qr|scan/i, zh: '签到设置', en: 'a setting for sign-in' },
  {
    rule: 'R6',
    name: /photo|screenshot|evidence|proof|attachment/i,
    zh: '佐证材料要求',
    en: 'evidence that is asked for',
  },
  { rule: 'R7', name: /form|field|report/i, zh: '填报项目', en: 'fields that are asked for' },
  {
    rule: 'R8',
    name: /auto|confirm|appeal/i,
    zh: '自动扣分、免确认设置',
    en: 'deductions without confirmation or appeal',
  },
  { rule: 'R9', name: /remind|push|notif|alert/i, zh: '提醒、推送设置', en: 'reminders' },
  { rule: 'R11', name: /install|usage|login|download/i, zh: '安装、使用统计', en: 'statistics of installing or use' },
]

/** Fields of the schema that these words would fit. */
const known = new Set(['format'])

type Holder = Readonly<Record<string, unknown>>
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null

const kindRead = (holder: Holder): string =>
  isHolder(holder.reads) && typeof holder.reads.kind === 'string' ? holder.reads.kind : ''

function fits({ zh, en, pinyin, lawful }: Ban, text: string): boolean {
  const { han, whole, words, letters } = plainText(text)
  const without = (part: string) => (lawful ? part.replace(lawful, ' ') : part)
  return zh.test(without(whole)) || zh.test(without(han)) || en.test(words) || (pinyin?.test(letters) ?? false)
}

/** By which ban a text is refused; null where it may stand. `kind` is the kind of facts that it is said of. */
export const banOf = (text: string, kind = ''): Ban | null =>
  bans.find(ban => !(ban.unless !== undefined && ban.unless === kind) && fits(ban, text)) ?? null

function said(path: string, text: string, ban: Ban): Finding {
  const found = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return refused(path, ban.code, ban.rule, {
    zh: `“${found}”涉及${ban.name.zh}，不得发布`,
    en: `“${found}” is about ${ban.name.en} and cannot be published`,
  })
}

/** Whether a text is the name of what a subject gets: of a grade, a light or a scale. */
const isOutcome = (path: string): boolean => /(grades|lights|scales)\[\d+\]\.(title|key)$/.test(path)

function refusalsOfText(path: string, text: string, holder: Holder): Finding[] {
  const read = text.slice(0, longestText)
  const ban = banOf(read, kindRead(holder)) ?? (isOutcome(path) && fits(standing, read) ? standing : null)
  return ban ? [said(path, text, ban)] : []
}

/** What names something that is counted or given: the rest of a document (summary, sources) counts nothing. */
const naming = new Set(['title', 'key'])

/**
 * What a document says that no decision turns on (R14), wherever it stands and however it is written. It looks at what a document
 * that has not been read yet may be, so that who sends a forbidden field is told the rule, and not that the field is unknown.
 */
export function refusalsOf(document: unknown): Finding[] {
  const found: Finding[] = []
  let texts = 0
  const walk = (value: unknown, path: string, depth: number): void => {
    if (!isHolder(value) || depth > deepest || texts > mostTexts) return
    for (const [name, inner] of Object.entries(value)) {
      const at = Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`
      const field = Array.isArray(value) || known.has(name) ? undefined : fields.find(one => one.name.test(name))
      if (field)
        found.push(
          refused(at, 'FORBIDDEN_FIELD', field.rule, {
            zh: `“${name.slice(0, 40)}”是${field.zh}`,
            en: `“${name.slice(0, 40)}” is ${field.en}`,
          }),
        )
      else if (typeof inner === 'string' && (naming.has(name) || isUnknownKind(name, inner))) {
        texts += 1
        found.push(...refusalsOfText(at, inner, value))
      } else walk(inner, at, depth + 1)
    }
  }
  walk(document, '', 0)
  return found
}

const isUnknownKind = (name: string, value: string): boolean => name === 'kind' && !(value in factKinds)
