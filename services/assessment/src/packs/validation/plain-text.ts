/** Letters of other alphabets that look like ours, and digits and signs that stand for letters. */
const lookalikes: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    у: 'y',
    х: 'x',
    і: 'i',
    ѕ: 's',
    ԁ: 'd',
    ɡ: 'g',
    ո: 'n',
    к: 'k',
    т: 't',
    м: 'm',
  },
  ...{ α: 'a', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', ı: 'i', ℓ: 'l' },
}
const digits: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
}

/** Traditional forms of the characters with which what is forbidden is written. */
const traditional: Readonly<Record<string, string>> = {
  ...{
    錄: '录',
    彔: '录',
    陸: '陆',
    線: '线',
    綫: '线',
    時: '时',
    長: '长',
    間: '间',
    閱: '阅',
    讀: '读',
    覽: '览',
    瀏: '浏',
  },
  ...{
    點: '点',
    贊: '赞',
    讚: '赞',
    賛: '赞',
    轉: '转',
    發: '发',
    載: '载',
    評: '评',
    論: '论',
    簽: '签',
    籤: '签',
    掃: '扫',
    碼: '码',
  },
  ...{
    訪: '访',
    屬: '属',
    親: '亲',
    兒: '儿',
    孫: '孙',
    圖: '图',
    攝: '摄',
    視: '视',
    頻: '频',
    軌: '轨',
    跡: '迹',
    蹟: '迹',
  },
  ...{
    裝: '装',
    軟: '软',
    體: '体',
    註: '注',
    冊: '册',
    關: '关',
    眾: '众',
    號: '号',
    數: '数',
    積: '积',
    學: '学',
    習: '习',
  },
  ...{
    網: '网',
    絡: '络',
    優: '优',
    兌: '兑',
    換: '换',
    筆: '笔',
    記: '记',
    應: '应',
    緊: '紧',
    處: '处',
    開: '开',
    黨: '党',
  },
  ...{
    動: '动',
    擊: '击',
    觀: '观',
    題: '题',
    闖: '闯',
    員: '员',
    榜: '榜',
    臉: '脸',
    證: '证',
    臺: '台',
    賬: '账',
    帳: '账',
  },
}

const replaced = (text: string, by: Readonly<Record<string, string>>): string =>
  Array.from(text, letter => by[letter] ?? letter).join('')

/** One form for full-width letters, radicals, accents, other alphabets and case. */
const folded = (text: string): string =>
  replaced(
    replaced(text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase(), traditional),
    lookalikes,
  )

/** `l-o-g i.n` is a word as well: single letters in a row are one. */
const joined = (words: string): string =>
  words.replace(/(?<![a-z0-9])(?:[a-z0-9] ){2,}[a-z0-9](?![a-z0-9])/g, run => run.replaceAll(' ', ''))

const wordsOf = (text: string): string => ` ${joined(text.replace(/[^a-z0-9]+/g, ' ').trim())} `

export type PlainText = {
  /** Characters alone, whatever stood between them. */
  han: string
  /** Characters, letters and digits, without what stood between them. */
  whole: string
  /** Words of letters, as they are and with digits read as letters, with one space around each. */
  words: string
  /** All letters in one, for words in another writing (pinyin). */
  letters: string
}

/** What a text says, whatever is done to hide it: spaces, signs, full width, traditional forms, lookalikes, accents. */
export function plainText(text: string): PlainText {
  const plain = folded(text)
  const whole = plain.replace(/[^\p{L}\p{N}]/gu, '')
  const read = replaced(plain, digits)
  return {
    ...{ whole, han: whole.replace(/[^\p{Script=Han}]/gu, ''), words: wordsOf(plain) + wordsOf(read) },
    letters: `${plain.replace(/[^a-z]/g, '')} ${read.replace(/[^a-z]/g, '')}`,
  }
}
