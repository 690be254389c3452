import type { z } from 'zod'
import { type Finding, wrong } from './finding.ts'

type Issue = z.core.$ZodIssue

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  )

const types: Readonly<Record<string, [string, string]>> = {
  ...{
    string: ['文字', 'a text'],
    number: ['数字', 'a number'],
    int: ['整数', 'a whole number'],
    boolean: ['是或否', 'true or false'],
  },
  ...{ array: ['列表', 'a list'], object: ['一组内容', 'an object'] },
}

const bounded = (issue: Issue & { code: 'too_small' | 'too_big' }): [string, string] => {
  const [zh, en] = { string: ['个字', ' characters'], array: ['项', ' entries'], set: ['项', ' entries'] }[
    issue.origin as string
  ] ?? ['', '']
  const most = issue.code === 'too_big'
  const bound = `${most ? issue.maximum : issue.minimum}`
  return most ? [`最多 ${bound} ${zh}`, `at most ${bound}${en}`] : [`至少 ${bound} ${zh}`, `at least ${bound}${en}`]
}

/** What is wanted at a place, in the office's words. */
function wantedOf(issue: Issue): [string, string] {
  if (issue.code === 'too_small' || issue.code === 'too_big') return bounded(issue)
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String)
    return [`应为 ${values.join('、')} 之一`, `wanted is one of ${values.join(', ')}`]
  }
  if (issue.code === 'unrecognized_keys')
    return [
      `没有“${issue.keys.join('、')}”这个项目，请删去`,
      `there is no such field as ${issue.keys.join(', ')}: leave it out`,
    ]
  if (issue.code === 'invalid_format')
    return [
      '代号应以大写字母开头，只含大写字母、数字和下划线（办法本身的代号用小写字母和短横）',
      'a key begins with a capital and has capitals, digits and _ alone (that of the pack: small letters, digits and -)',
    ]
  if (issue.code === 'not_multiple_of')
    return ['小数位太多：分值最多两位，权重最多四位', 'too many decimals: points have two at most, weights four']
  if (issue.code === 'invalid_union')
    return ['写法不符合任何一种规定格式', 'fits none of the forms that are allowed here']
  const [zh, en] = types[issue.code === 'invalid_type' ? issue.expected : ''] ?? [
    '符合格式的内容',
    'what the schema says',
  ]
  return [`缺少或填写有误，应为${zh}`, `is missing or wrong, wanted is ${en}`]
}

/** An error within the one form of a union that was meant says more than that none fits. */
function innermost(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const fewest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? []
  const inner = fewest.map(one => ({ ...one, path: [...issue.path, ...one.path] }) as Issue)
  return inner.length === 0 ? [issue] : inner.flatMap(innermost)
}

/** What does not have the shape of a pack. */
export const shapeOf = (issues: readonly Issue[]): Finding[] =>
  issues.flatMap(innermost).map(issue => {
    const [zh, en] = wantedOf(issue)
    const path = pathText(issue.path)
    return wrong(path, 'SHAPE', { zh: `${path || '办法'}：${zh}`, en: `${path || 'the pack'}: ${en}` })
  })
