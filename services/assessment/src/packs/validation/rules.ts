/** The rules against formalism by which packs are judged (R1 to R15), each with where it comes from. */
export const rules = {
  R1: {
    zh: '指标只能采用工作本身形成的事实（会议、党费、程序、任务等），不得采用登录、时长、阅读、点赞、转发、投票、照片、轨迹等',
    en: 'an indicator uses only facts that the work itself leaves (meetings, dues, steps, tasks), never log-ins, time, reading, likes, reposts, votes, pictures or tracks',
    from: '《关于防治“指尖上的形式主义”的若干意见》；国办函〔2026〕12号第六条第（四）项',
  },
  R2: {
    zh: '计分须由县（市、区）党委有关机关发文决定，写明标题、文号、日期、机关；未决定的不计分，每个指标须有依据',
    en: 'scoring takes a decision of the county with title, number, date and organ; without it nothing is scored, and each indicator names its basis',
    from: '国办函〔2026〕12号第六条第（四）项',
  },
  R3: {
    zh: '不得公布或推送按积分排列的人员名单和名次；本人看本人，支部看本支部',
    en: 'no list of persons by points is published or pushed; a person sees the own, the branch its own',
    from: '《关于防治“指尖上的形式主义”的若干意见》；国办函〔2026〕12号第六条第（二）项',
  },
  R4: {
    zh: '积分不得自动影响党籍、发展、转正和处分，这些只能由会议和有权机关决定',
    en: 'points have no effect of themselves on membership, admission, conversion or penalties: meetings and the bodies in charge decide those',
    from: '《中国共产党发展党员工作细则》第二十一条、第三十二条；《党员教育管理工作条例》第三十一条',
  },
  R5: {
    zh: '不得强制手机打卡、扫码、定位、人脸签到，也不得以此计分；出席情况由支部记录',
    en: 'nobody has to sign in by phone, code, place or face, and it gives no points; the branch records who was there',
    from: '《关于防治“指尖上的形式主义”的若干意见》；国办函〔2026〕12号第六条第（二）项',
  },
  R6: {
    zh: '一件事实最多要一份佐证，不得要截图、照片、心得笔记；系统已有的不再要',
    en: 'at most one piece of evidence for a fact, never screenshots, pictures, notes or essays; what the system knows is not asked for again',
    from: '《关于防治“指尖上的形式主义”的若干意见》；《整治形式主义为基层减负若干规定》',
  },
  R7: {
    zh: '增加填报项目须有理由、依据、提出机关和起始日期，并计入基层负担；不得以填表多少计分',
    en: 'what is newly asked for has a reason, a basis, who asked and from when, and is counted as a burden; filling in forms gives no points',
    from: '国办函〔2026〕12号第六条第（一）项；《整治形式主义为基层减负若干规定》',
  },
  R8: {
    zh: '扣分须有理由、听取本人意见并由人确认，可以申诉；不得自动扣分',
    en: 'a deduction has a cause, a hearing and a person who confirms it, and can be appealed; none is automatic',
    from: '国办函〔2026〕12号（投诉处理）；《关于防治“指尖上的形式主义”的若干意见》',
  },
  R9: {
    zh: '工作时间以外不提醒，与其无关的人不提醒，不得以回复快慢计分',
    en: 'no reminders outside working hours or to whom it does not concern, and no points for quick replies',
    from: '《关于防治“指尖上的形式主义”的若干意见》',
  },
  R10: {
    zh: '没有记录的是“情况不明”，不是零分；年老、患病、外出、流动的不计或另行计算',
    en: 'what is not recorded is not known, and no zero; the old, ill, absent and floating are not counted, or on a scale of their own',
    from: '《党员教育管理工作条例》第二十三条、第三十二条',
  },
  R11: {
    zh: '不得以安装率、下载量、注册率、使用率作为考核内容',
    en: 'no rate of installing, downloading, registering or using is assessed',
    from: '《关于防治“指尖上的形式主义”的若干意见》；国办函〔2026〕12号第六条第（三）项',
  },
  R12: {
    zh: '信访、举报、申诉是权利，不得计分；只有法院、公安机关认定违法的才可以计；家属的情况一律不计',
    en: 'petitions, reports and appeals are rights and not counted, unless a court or the police found them unlawful; the family never is',
    from: '《信访工作条例》；《中国共产党党员权利保障条例》',
  },
  R13: {
    zh: '学习时间只计到课时间（集中培训课程登记），不计应用内学习时长和在线答题',
    en: 'hours of learning are hours of attended courses, not time or quizzes in an app',
    from: '国办函〔2026〕12号第六条第（四）项',
  },
  R14: {
    zh: '属于禁止采用的指标类型，任何决定都不能启用',
    en: 'is of a forbidden kind of indicator, which no decision turns on',
    from: '《关于防治“指尖上的形式主义”的若干意见》；国办函〔2026〕12号第六条',
  },
  R15: {
    zh: '应急、安全需要的签到须写明理由和截止日期另行启用，不写入考核办法，也不计分',
    en: 'sign-in for emergencies or security is turned on elsewhere, with a reason and an end; it stands in no pack and gives no points',
    from: '国办函〔2026〕12号第六条第（二）项',
  },
  F6: {
    zh: '不得以工作群接龙、回复、建群、社交账号作为工作要求或考核内容',
    en: 'chains, replies, groups and social accounts are neither asked for nor assessed',
    from: '《关于防治“指尖上的形式主义”的若干意见》',
  },
  F11: {
    zh: '不得有积分兑换商品、购物、消费等商业活动',
    en: 'no commerce: no goods for points, no buying or spending',
    from: '国办函〔2026〕12号第六条第（五）项',
  },
  PRIVACY: {
    zh: '个人收入、财产等隐私不得作为考核内容',
    en: 'income, property and other private matters are not assessed',
    from: '《中华人民共和国个人信息保护法》第六条',
  },
  DUES: {
    zh: '党费以外不得要求捐款、特殊党费，也不得按数额计分；党费不得垫交',
    en: 'nothing beside dues may be asked for, and no points go by amounts; dues are not paid for others',
    from: '《关于中国共产党党费收缴、使用和管理的规定》第十一条、第十四条',
  },
} as const

export type RuleKey = keyof typeof rules
