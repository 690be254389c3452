import { accept, type Normaliser, refuse } from './reading.ts'
import { foldCode } from './text.ts'

const wanted = {
  zh: '不小于 0、最多两位小数的金额（元），如 1234.50',
  en: 'yuan, not below 0, at most two decimals, such as 1234.50',
}

const notReadable = refuse('MONEY_NOT_READABLE', { zh: '不是金额', en: 'this is not an amount of money' }, wanted)
const negative = refuse('MONEY_NEGATIVE', { zh: '金额不能为负数', en: 'the amount is negative' }, wanted)
const tooFine = refuse(
  'MONEY_TOO_FINE',
  { zh: '金额的小数超过两位', en: 'the amount has more than two decimals' },
  wanted,
)
const tooLarge = refuse('MONEY_TOO_LARGE', { zh: '金额过大', en: 'the amount is too large' }, wanted)

/** Yuan as typed, in fen. Thousands separators, `￥` and `元` are read; nothing is rounded. */
export const readYuan: Normaliser<bigint> = cell => {
  const folded = foldCode(cell).replace(/[−–—]/g, '-')
  const plain = folded.replace(/[¥￥]|^(RMB|CNY)|元整?$/gi, '')
  if (/^(-[\d.,]+|\([\d.,]+\))$/.test(plain)) return negative
  const parts = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(plain)
  if (!parts) return notReadable
  const yuan = parts[1]!.replaceAll(',', '')
  const decimals = parts[2] ?? ''
  if (decimals.length > 2) return tooFine
  if (yuan.length > 10) return tooLarge
  return accept(BigInt(yuan) * 100n + BigInt(decimals.padEnd(2, '0')))
}
