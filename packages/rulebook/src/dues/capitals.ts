const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖']
const places = ['仟', '佰', '拾', '']
const groups = ['万', '亿', '万', '']
/** Below 10¹⁶ yuan: more groups of four digits have no name here. */
const mostFen = 10n ** 18n

/** Four digits in words, with one 零 for those that are nothing between two that are something. */
function groupOf(four: string): string {
  const words = Array.from(four, (digit, i) => (digit === '0' ? '零' : `${digits[Number(digit)]}${places[i]}`)).join('')
  return words.replaceAll(/零+/g, '零').replace(/^零|零$/g, '')
}

/**
 * A sum in capitals (人民币大写), as receipts and vouchers have it: 整 stands after 元 only, one 零 for whatever is nothing in
 * between (支付结算办法, 附一《正确填写票据和结算凭证的基本规定》, 一、二、三; where it leaves a 零 to the writer, none is written).
 * @param fen 0 or more, below 10¹⁸
 * @throws RangeError for any other
 */
export function inCapitals(fen: bigint): string {
  if (fen < 0n || fen >= mostFen) throw new RangeError(`${fen} fen have no words`)
  if (fen === 0n) return '零元整'
  const fours = `${fen / 100n}`.padStart(16, '0').match(/.{4}/g) as string[]
  let yuan = ''
  for (const [i, four] of fours.entries()) {
    const words = groupOf(four)
    if (words !== '') yuan += `${yuan !== '' && four.startsWith('0') ? '零' : ''}${words}${groups[i]}`
    // 亿 stands behind whatever there is of 万亿.
    else if (i === 1 && yuan !== '') yuan += '亿'
    // A group of nothing asks for 零 before the next, which begins with something.
    if (words === '' && yuan !== '' && fours[i + 1]?.match(/^[1-9]/)) yuan += '零'
  }
  const [jiao = 0, cents = 0] = Array.from(`${fen % 100n}`.padStart(2, '0'), Number)
  if (jiao === 0 && cents === 0) return `${yuan}元整`
  const rest = `${jiao === 0 ? '' : `${digits[jiao]}角`}${cents === 0 ? '' : `${digits[cents]}分`}`
  return yuan === '' ? rest : `${yuan}元${jiao === 0 ? '零' : ''}${rest}`
}
