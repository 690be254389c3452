import { describe, expect, test } from '@jest/globals'
import { findingsOf } from './findings.ts'
import { countingBy } from './lawful-pack.ts'
import { banOf } from './refusals.ts'

const refusedBy: [string, string][] = [
  ...(
    [
      '登录次数',
      '登陆天数',
      '每日登录',
      '平台上线率',
      '系统使用频次',
      '党员日活',
      '党员活跃度',
      '登 录 次 数',
      '登·录—次｜数',
    ] as const
  ).map(title => [title, 'LOGIN'] as [string, string]),
  ...(['登​录次数', '登x录次数', '登錄次數', '⽤户登录', '登彔次数'] as const).map(
    title => [title, 'LOGIN'] as [string, string],
  ),
  ...(
    [
      'Daily log-ins',
      'LOGINS',
      'l o g i n days',
      'ＬＯＧＩＮ',
      'l0gin count',
      'log1ns',
      'lоgin',
      'lógin',
      'LOGIN_COUNT',
      'sign-on',
      'daily active',
    ] as const
  ).map(title => [title, 'LOGIN'] as [string, string]),
  ...(['denglu cishu', 'dēnglù次数', 'DENG LU'] as const).map(title => [title, 'LOGIN'] as [string, string]),
  ...(
    [
      '在线时长',
      '在線時長',
      '上网时间',
      '页面停留时长',
      'time online',
      'Online hours',
      'screen time',
      'zaixian shichang',
    ] as const
  ).map(title => [title, 'ONLINE_TIME'] as [string, string]),
  ...(
    [
      '学习时长',
      '学习强国积分',
      '在线学习',
      '网络答题',
      '挑战答题',
      '闯关得分',
      'learning minutes',
      'quiz',
      'weekly quizzes',
      'xuexi shichang',
    ] as const
  ).map(title => [title, 'STUDY_TIME'] as [string, string]),
  ...(
    [
      '阅读量',
      '文章阅读次数',
      '閱讀次數',
      '浏览要闻',
      '点击率',
      '收看视频',
      '收藏文章',
      '已读回执',
      'article reads',
      'page views',
      'clicks',
      'liu lan',
    ] as const
  ).map(title => [title, 'READING'] as [string, string]),
  ...(
    ['点赞数', '點贊', '點讚', '点 赞', '跟帖评论', '网络投票', 'likes', 'thumbs-up', 'dianzan', 'diǎn zàn'] as const
  ).map(title => [title, 'LIKE'] as [string, string]),
  ...(['转发', '轉發文章', '转发朋友圈', '分享链接', 'reposts', 're-tweets', 'zhuan fa', 'shares count'] as const).map(
    title => [title, 'REPOST'] as [string, string],
  ),
  ...(['定位上报', '走访轨迹', '行走里程', '人脸识别', 'GPS track', 'face ID', 'ding wei'] as const).map(
    title => [title, 'GPS'] as [string, string],
  ),
  ...(['每日打卡', '扫码签到', '签到率', '簽到次數', '刷码次数', 'check-in', 'QR code', 'qian dao'] as const).map(
    title => [title, 'SIGN_IN'] as [string, string],
  ),
  ...(['应急签到', '疫情打卡', 'emergency check-in'] as const).map(
    title => [title, 'EMERGENCY_SIGN_IN'] as [string, string],
  ),
  ...(
    ['上传照片', '活动图片', '截图佐证', '工作留痕', '录屏', 'photos uploaded', 'screenshots', 'jie tu'] as const
  ).map(title => [title, 'PHOTO'] as [string, string]),
  ...(['学习笔记', '心得体会篇数', '台账厚度', '材料字数', 'essays', 'xinde tihui'] as const).map(
    title => [title, 'PAPER'] as [string, string],
  ),
  ...(
    [
      '安装率',
      '客户端下载',
      '注册人数',
      '关注人数',
      '粉丝数',
      '小程序推广',
      'installs',
      'app coverage',
      'xiazai',
    ] as const
  ).map(title => [title, 'INSTALL'] as [string, string]),
  ...(['上访', '越级上访', '上 訪', '进京访', '信访量', '零信访', '举报次数', 'petitions', 'shang fang'] as const).map(
    title => [title, 'PETITION'] as [string, string],
  ),
  ...(
    [
      '家属表现',
      '家屬',
      '配偶从业',
      '子女情况',
      '亲属违法',
      '父母意见',
      'family conduct',
      "spouse's record",
      'jia shu',
    ] as const
  ).map(title => [title, 'FAMILY'] as [string, string]),
  ...(
    ['积分排名', '名次', '末位党员', '红黑榜', '后十名', 'ranking', 'leader board', 'bottom 10', 'pai ming'] as const
  ).map(title => [title, 'RANK'] as [string, string]),
  ...(['逾期自动扣分', '系统扣分', '无需确认', 'automatic deduction'] as const).map(
    title => [title, 'AUTOMATIC'] as [string, string],
  ),
  ...(['消息秒回', '回复率', '夜间值守响应', 'instant replies'] as const).map(
    title => [title, 'CHASING'] as [string, string],
  ),
  ...(['微信群接龙', '关注公众号', '抖音发布', 'WeChat group'] as const).map(
    title => [title, 'GROUPS'] as [string, string],
  ),
  ...(['填表数量', '信息报送篇', 'forms filled'] as const).map(
    title => [title, title === '信息报送篇' ? 'FORMS' : 'FORMS'] as [string, string],
  ),
  ...(['积分兑换', '红包', 'coupons'] as const).map(title => [title, 'COMMERCE'] as [string, string]),
  ...(['特殊党费', '捐款数额', 'donations'] as const).map(title => [title, 'DONATION'] as [string, string]),
  ...(['家庭收入', '个人存款', 'income'] as const).map(title => [title, 'PRIVATE'] as [string, string]),
]

const lawful = [
  ...([
    '阅读室建设',
    '共读一本好书（读书会上交流）',
    '党课签到簿完整',
    '签到表由支部保存',
    '职能定位清楚',
    '岗位定位',
  ] as const),
  ...(['活跃指数', '阵地使用率', '党组织覆盖率', '两个覆盖', '组织集中观看警示教育片', '视频会议召开'] as const),
  ...([
    '信访接待',
    '信访事项按期办结',
    '受理举报',
    '慰问困难党员家属',
    '走访烈属',
    '关爱留守儿童',
    '军属走访',
  ] as const),
  ...(['民主评议投票', '选举投票率', '经验分享会', '心得交流', '照片墙', '热爱人民', '关爱人才', '优秀党员'] as const),
  ...([
    '知识竞赛',
    '党员大会',
    '支部委员会',
    '主题党日',
    '足额交纳党费',
    '志愿服务时长',
    '认领微心愿',
    '示范岗',
  ] as const),
  ...(['在外不报告', '年度总结', '谈心谈话', '按期换届', '发展程序规范', '首管', '双重组织生活', '受到诫勉'] as const),
  ...([
    'Assembly held',
    'catalogue in order',
    'Looking after old members',
    'Panda karate group',
    'Class attended',
    'reading room',
  ] as const),
  ...(['Volunteering hours', 'dialogue', 'blogging'.slice(0, 3), 'M08', 'S1-14', 'B01', 'Dues in time'] as const),
]

describe('R14 what no pack may count is refused, however it is written', () => {
  test.each(refusedBy)('“%s” is refused as %s', (title, code) => {
    expect(banOf(title)?.code).toBe(code)
  })

  test.each(lawful)('“%s” sounds alike or is ordinary work, and may stand', title => {
    expect(banOf(title)?.code ?? null).toBeNull()
  })

  test.each(['LOGIN', 'ONLINE_TIME', 'LIKE', 'REPOST', 'PHOTO', 'GPS', 'INSTALL'])(
    'R14 the kind %s is no kind of facts, and is refused by its rule',
    kind => {
      const found = findingsOf(countingBy('其他工作', kind))
      expect(found.filter(one => one.kind === 'REFUSED').map(({ code }) => code)).toContain(kind)
    },
  )

  test('R14 a refusal says what was found, the rule, its text and where that stands, in both languages', () => {
    const [found] = findingsOf(countingBy('登录次数'))
    expect(found).toMatchObject({ kind: 'REFUSED', path: 'scales[0].indicators[1].title', code: 'LOGIN', rule: 'R14' })
    expect(found?.zh).toBe(
      '“登录次数”涉及登录、上线，不得发布：规则 R14，属于禁止采用的指标类型，任何决定都不能启用（《关于防治“指尖上的形式主义”的若干意见》；国办函〔2026〕12号第六条）',
    )
    expect(found?.en).toMatch(/^“登录次数” is about log-ins and cannot be published: rule R14, is of a forbidden kind/)
  })

  test.each([
    ['title of the pack', 'title'],
    ['key of a scale', 'scales.0.key'],
    ['title of a scale', 'scales.0.title'],
    ['title of a group', 'scales.0.groups.0.title'],
    ['key of an indicator', 'scales.0.indicators.0.key'],
    ['title of a grade', 'scales.0.grades.0.title'],
    ['title of a light', 'scales.1.lights.0.title'],
    ['title of an index', 'indices.0.title'],
  ])('R14 it is found in the %s', (_, place) => {
    const pack = countingBy('其他工作') as unknown as Record<string, unknown>
    const parts = place.split('.')
    const holder = parts
      .slice(0, -1)
      .reduce<Record<string, unknown>>((at, part) => at[part] as Record<string, unknown>, pack)
    holder[parts.at(-1) as string] = place.endsWith('key') ? 'LOGIN_DAYS' : '登录次数'
    expect(findingsOf(pack).filter(({ code }) => code === 'LOGIN')).toHaveLength(1)
  })

  test('R14 what a pack says of itself may speak of what it does not count', () => {
    expect(
      findingsOf({ ...countingBy('其他工作'), summary: '不计登录次数、点赞和排名。' }).filter(
        ({ kind }) => kind !== 'NOTE',
      ),
    ).toEqual([])
  })
})
