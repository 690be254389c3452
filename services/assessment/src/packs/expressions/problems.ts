/** What is wrong with an expression, in the office's words. */
export type Problem = { code: ProblemCode; zh: string; en: string }
type ProblemCode = keyof typeof texts

const texts = {
  EXPRESSION_UNREADABLE: {
    zh: '表达式“{found}”读不懂：{reason}；请检查括号、引号和运算符',
    en: 'The expression “{found}” cannot be read: {reason}; look at brackets, quotes and operators',
  },
  EXPRESSION_TOO_LARGE: {
    zh: '表达式“{found}”太复杂：最多 {nodes} 个成分、{depth} 层，请拆成几个指标',
    en: 'The expression “{found}” is too much: at most {nodes} parts and {depth} levels; make several indicators of it',
  },
  EXPRESSION_TYPE: {
    zh: '表达式“{found}”得出的是{type}，此处应为{wanted}',
    en: 'The expression “{found}” comes to {type}, wanted here is {wantedEn}',
  },
  EXPRESSION_MIXED: {
    zh: '表达式“{found}”中类型不合：{reason}；整数与小数相算时请写 double(…)，小数写成 1.0',
    en: 'Types do not fit in the expression “{found}”: {reason}; write double(…) where whole numbers meet others, and 1.0 for 1',
  },
  EXPRESSION_NAME: {
    zh: '表达式中的“{found}”不是此处可以使用的内容；可用的是：{wanted}',
    en: '“{found}” is nothing that the expression may speak of here; these are: {wanted}',
  },
  EXPRESSION_WORD: {
    zh: '“{path}”没有“{found}”这个值；可用的是：{wanted}',
    en: '“{path}” is never “{found}”; it is one of: {wanted}',
  },
  EXPRESSION_FORBIDDEN: {
    zh: '表达式中不得使用“{found}”；可用的是比较、加减乘除、与或非、条件（? :）和 double、min、max、floor',
    en: 'An expression may not use “{found}”; it may compare, reckon, use &&, ||, !, ? : and double, min, max, floor',
  },
  EXPRESSION_DIVISOR: {
    zh: '“{found}”中的除数可能为零：除数应为不等于零的数，或写成 max(除数, 1.0)',
    en: 'The divisor in “{found}” may be zero: divide by a number that is not, or by max(divisor, 1.0)',
  },
  EXPRESSION_PRODUCT: {
    zh: '“{found}”不能相乘：乘法的一边应为数字，且最多两次相连',
    en: '“{found}” may not be multiplied: one side of a product is a number, and at most two stand one in another',
  },
  EXPRESSION_NUMBER: {
    zh: '数字“{found}”太大：最大 {most}',
    en: 'The number “{found}” is too large: at most {most}',
  },
} as const

/** @returns the problem with what it speaks of put in */
export function problem(code: ProblemCode, params: Readonly<Record<string, string | number>>): Problem {
  const put = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
  return { code, zh: put(texts[code].zh), en: put(texts[code].en) }
}
