import { accept, type Normaliser, refuse } from './reading.ts'
import { foldCode } from './text.ts'

/** A mobile number of 11 digits, or a fixed line as `0574-80947160`, an extension behind a hyphen. */
export const readPhone: Normaliser<string> = cell => {
  const folded = foldCode(cell)
    .replace(/[—–－]/g, '-')
    .replace(/^(\+86|0086)-?/, '')
  const digits = folded.replace(/[-().]/g, '')
  const mobile = /^(?:86)?(1[3-9]\d{9})$/.exec(digits)
  if (mobile) return accept(mobile[1]!)
  const fixed = /^\(?(0\d{2,3})\)?-?(\d{7,8})(?:-(\d{1,6}))?$/.exec(folded)
  if (fixed) return accept([fixed[1], fixed[2], fixed[3]].filter(part => part !== undefined).join('-'))
  return refuse(
    'PHONE_NOT_READABLE',
    { zh: '不是电话号码，未采用', en: 'this is not a phone number and is not taken' },
    {
      zh: '11 位手机号码，或带区号的固定电话，如 0574-80947160',
      en: 'a mobile number of 11 digits, or a fixed line with its area code such as 0574-80947160',
    },
  )
}
