import type { RuleKey } from './rules.ts'

/** What no pack may count (R14), as data: by which words it is known, and which sound alike and are lawful. */
export type Ban = {
  code: string
  rule: RuleKey
  name: { zh: string; en: string }
  /** Over characters without what stands between them. */
  zh: RegExp
  /** Over words of letters, each with a space around it. */
  en: RegExp
  /** Over letters without spaces: the Chinese words as they are spelled. */
  pinyin?: RegExp
  /** Taken out before: it sounds alike and is lawful. */
  lawful?: RegExp
  /** Reading this kind of facts, an indicator may say it. */
  unless?: string
}

/** The first that fits names it, so what is more special stands before what is wider. */
export const bans: readonly Ban[] = [
  {
    ...{ code: 'EMERGENCY_SIGN_IN', rule: 'R15', name: { zh: '应急签到', en: 'emergency sign-in' } },
    zh: /(应急|紧急|安全|疫情|防汛|防台|战时|健康|平安)(签到|打卡|报到打卡|扫码)/,
    en: / (emergency|security|health) (check|sign|clock) ?ins? /,
    pinyin: /(yingji|jinji|jiankang)(qiandao|daka)/,
  },
  {
    ...{ code: 'LOGIN', rule: 'R14', name: { zh: '登录、上线', en: 'log-ins' } },
    zh: /登[录陆入]|上线(次|天|率|数|情况)|在线(率|次数|天数|人数)|活跃(度|率|用户|天|人数)|[日月]活|访问(量|次数)|(平台|系统|应用|软件|手机)的?使用|使用(率|次数|频次|频率|时长)|激活率|开机/,
    en: / log ?(in|on)s? | login\w* | logon\w* | sign ?ons? | (daily|monthly|weekly) active | (app|platform|system) (usage|use) | usage (rate|count) | active (days|users) /,
    pinyin: /denglu|shangxianc?ishu|huoyuedu|shiyonglv|fangwenliang/,
    lawful: /(阵地|场所|活动室|场馆|设施|资金|经费)使用(率|次数|频次)/g,
  },
  {
    ...{
      code: 'STUDY_TIME',
      rule: 'R13',
      name: { zh: '应用内学习时长、在线答题', en: 'time of study and quizzes in an app' },
    },
    zh: /学习(时[长间]|积分|得分|排名|排行|强国)|(在线|网上|网络|线上|移动端|手机)(学习|答题|考试|培训|课程|竞赛)|答题|闯关|[刷挂]课|刷题|学分/,
    en: / (study|learning|study ing) (time|minutes|points|score)s? | (online|mobile|screen) (study|learning|quiz|quizzes|exams?|courses?) | quiz(zes)? | quiz\w* /,
    pinyin: /xuexishi(chang|jian)|xuexijifen|xuexiqiangguo|dati(?!an)/,
  },
  {
    ...{
      code: 'COURSE_HOURS',
      rule: 'R13',
      name: { zh: '学时（非课程登记）', en: 'class hours from elsewhere than the course register' },
    },
    ...{ zh: /学时/, en: / (class|credit) hours? /, unless: 'TRAINING' },
  },
  {
    ...{ code: 'ONLINE_TIME', rule: 'R14', name: { zh: '在线时长', en: 'time online' } },
    zh: /(在线|上网|停留|浏览|观看|登陆|挂机|屏幕)的?时[长间]|挂机|时长(排|积分|得分)/,
    en: / (on ?line|screen|session|dwell) (time|hours|minutes|duration) | time (on ?line|in app|on site|spent) | onlinetime\w* /,
    pinyin: /zaixianshi(chang|jian)|tingliushi(chang|jian)|guaji/,
  },
  {
    ...{ code: 'READING', rule: 'R14', name: { zh: '阅读、浏览、点击', en: 'reading, views and clicks' } },
    zh: /阅读(量|数|次|篇|时|率|积分|得分|情况|任务|文章|打卡)|已读|未读|阅文|读文|浏览|点击|观看|收看|收藏|看(文章|视频|新闻)|推文/,
    en: / (article|page|content|news|video) ?(reads?|views?|readings?) | (page|video) ?views?\w* | clicks? | click ?(rate|count|through)s? | reading (time|count|rate|points|volume)s? | read (rate|count|receipt)s? | reads | bookmarks? | favou?rites? /,
    pinyin: /yuedu(liang|shu|cishu|lv|shichang)|liulan|dianji(lv|liang|shu)|shoukan/,
    lawful: /集中(观看|收看)|组织(观看|收看)/g,
  },
  {
    ...{ code: 'LIKE', rule: 'R14', name: { zh: '点赞、评论、网络投票', en: 'likes, comments and votes on screens' } },
    zh: /点赞|获赞|评论(数|量|次)|跟[帖贴]|跟评|弹幕|互动(量|数|率)|(网络|网上|线上|微信|在线)投票|打榜|送花|好评率/,
    en: / likes? (count|rate|number|received|given|points)s? | likes | like | thumbs? ?ups? | upvotes? | comments? (count|rate|number)s? | (online|wechat) votes? | reactions? /,
    pinyin: /dianzan|huozan|toupiaoshu|pinglunshu/,
  },
  {
    ...{ code: 'REPOST', rule: 'R14', name: { zh: '转发、分享', en: 'reposts and shares' } },
    zh: /转[发载贴帖评]|分享(数|量|次|链接|文章|率|到|至)|朋友圈|群发|扩散|刷屏/,
    en: / re ?(posts?|tweets?|shares?) | repost\w* | shar(e|es|ing) (count|rate|number|link|points)s? | shares | forward(s|ed|ing)? (count|rate|number|message|article)s? | forwards | moments /,
    pinyin: /zhuanfa|zhuanzai|pengyouquan/,
  },
  {
    ...{ code: 'GPS', rule: 'R14', name: { zh: '定位、轨迹、人脸', en: 'places, tracks and faces' } },
    zh: /定位|轨迹|位置(上报|共享|打卡|信息)|步数|里程|人脸|刷脸|电子围栏|健步/,
    en: / gps\w* | geo ?(location|fence|tag)\w* | (location|position) (track|check|report|sign)\w* | tracks? | tracking | mileage | step ?counts? | face ?(id|scan|recognition) /,
    pinyin: /dingwei|guiji|renlian|shualian/,
    lawful: /(职能|职责|岗位|功能|角色|目标|思想|发展)定位/g,
  },
  {
    ...{ code: 'SIGN_IN', rule: 'R5', name: { zh: '打卡、扫码签到', en: 'signing in by phone or code' } },
    zh: /打卡|签到|签退|[扫刷]码|二维码|考勤机|指纹/,
    en: / (check|sign|clock|punch) ?ins? | signin\w* | checkin\w* | qr ?codes? | qr | scans? | scan ?(in|code)s? | punch(es)? | da ?ka /,
    pinyin: /qiandao|saoma|shuama|erweima|dakacishu/,
    // A branch's own list of who was there is a paper of the meeting, and no score for scanning.
    lawful: /签到(簿|册|表|本)/g,
  },
  {
    ...{
      code: 'PHOTO',
      rule: 'R6',
      name: { zh: '照片、截图、视频佐证', en: 'pictures, screenshots and videos as proof' },
    },
    zh: /照片|图片|相片|[拍自]照|自拍|拍摄|摄影|截[图屏]|录[屏像]|短视频|视频(数|上传|打卡|材料|佐证|投稿|拍)|上传(视频|图|照|材料|资料)|痕迹|留痕|图文/,
    en: / photos? | photo\w* | pictures? | images? | screen ?(shots?|grabs?|recordings?) | selfies? | videos? | snapshots? | traces? /,
    pinyin: /zhaopian|tupian|paizhao|jietu|jieping|luping|liuhen|henji/,
    lawful: /照片墙|自照(镜子)?/g,
  },
  {
    ...{ code: 'PAPER', rule: 'R6', name: { zh: '笔记、心得、材料多少', en: 'notes, essays and amounts of paper' } },
    zh: /笔记|心得|手抄|抄写|感悟(篇|字|数)|(材料|台账|资料|档案盒|记录本)的?(份数|数量|厚度|字数|页数|篇数)|字数|篇数|页数/,
    en: / (study )?notes? (count|written|pages)s? | notebooks? | essays? | (word|page) ?counts? | hand ?copied /,
    pinyin: /biji(?!a)|xinde(tihui)?(?!ng)|shouchao/,
    lawful: /心得交流/g,
  },
  {
    ...{
      code: 'INSTALL',
      rule: 'R11',
      name: { zh: '安装、下载、注册、推广', en: 'installing, downloading, registering and spreading' },
    },
    zh: /安装(率|量|数|人数|任务|软件|应用|客户端|情况)|(软件|应用|客户端|小程序)安装|下载|注册(率|量|数|人数|用户|账号)|装机|覆盖率|推广(率|数|量|人数|任务|软件|应用)|关注(率|数|量|人数)|粉丝|绑定|客户端|小程序|实名认证率/,
    en: / install\w* | downloads?\w* | (user |app )?registration (rate|count|number)s? | sign ?ups? | followers? | subscribers? | apps? | coverage rates? | promot(e|ion) (rate|count|app)s? | onboarding /,
    pinyin: /anzhuang(lv|liang|shu)|xiazai|zhuce(lv|liang|shu)|fugailv|fensi|xiaochengxu/,
    lawful: /(组织|工作|党组织|党的组织|党的工作|两个)覆盖率?/g,
  },
  {
    ...{ code: 'PETITION', rule: 'R12', name: { zh: '信访、上访、举报', en: 'petitions and reports' } },
    zh: /上访|信访|[缠闹非集]访|越级访|进京访?|赴(京|省|市)访?|告状|举报|控告|申诉|投诉人/,
    en: / petition\w* | whistle ?blow\w* | complainants? | appeals? (count|filed|number|made)s? /,
    pinyin: /shangfang|xinfang|yuejifang|jufang|jubao|gaozhuang/,
    lawful:
      /信访(事项|件|积案|问题|矛盾)?(按期|及时|依法|规范)?(接待|办理|办结|化解|答复|代办|调解)|(受理|办理|处理|答复)(信访|举报|申诉|控告)(事项|件)?/g,
    unless: 'LAW_BREACH',
  },
  {
    ...{ code: 'FAMILY', rule: 'R12', name: { zh: '家属、亲属情况', en: 'what the family does' } },
    zh: /家属|家庭成员|家人|亲属|亲戚|配偶|妻子|老婆|老公|丈夫|子女|儿女|孩子|儿子|女儿|父母|父亲|母亲|岳[父母]|公婆|直系|三代|兄弟姐妹|家族|家庭和睦|婚姻/,
    en: / famil(y|ies) | relatives? | spouses? | wi(fe|ves) | husbands? | child(ren)? | parents? | kin | sons? | daughters? | siblings? | marriages? | marital /,
    pinyin: /jiashu|jiatingchengyuan|qinshu|peiou|zinv|ernv|zhixi/,
    // To care for others' families is work; what one's own family does is not counted.
    lawful:
      /(慰问|走访|关爱|帮扶|看望|服务|关心)(困难|老|烈士|军人|现役|牺牲|留守|孤残)*(党员|职工|群众|民警|居民)*(的)?(家属|子女|父母|家庭成员|配偶|儿女|孩子|母亲)|[烈军]属/g,
  },
  {
    ...{ code: 'RANK', rule: 'R3', name: { zh: '排名、名次', en: 'ranks and leaderboards' } },
    zh: /排[名行位]|名次|位次|末位|倒数|红黑榜|[黑红]榜|积分榜|龙虎榜|(前|后|末)[0-9一二三四五六七八九十百]+名/,
    en: / rank\w* | leader ?boards? | league tables? | top [0-9]+ | bottom [0-9]+ | (red|black) boards? | last (place|[0-9]+) /,
    pinyin: /paiming|paihang|mingci|moweitaotai|hongheibang/,
  },
  {
    ...{ code: 'AUTOMATIC', rule: 'R8', name: { zh: '自动扣分', en: 'automatic deductions' } },
    zh: /(自动|系统|直接|当场)(扣|减分|降[级档])|(无需|不经|免)(确认|申诉|听取)|不得申诉/,
    en: / auto(matic(ally)?)? (deduct|penal|downgrad)\w* | without (hearing|appeal|confirmation) | no appeals? /,
    pinyin: /zidongkoufen/,
  },
  {
    ...{ code: 'CHASING', rule: 'R9', name: { zh: '回复快慢、催办', en: 'quick replies and chasing' } },
    zh: /秒回|(消息|信息|通知|群)的?回复|回复(率|速度|时[长间]|及时)|响应(率|速度|时间)|催(办|报)次数|夜间|24小时(待命|响应|回复)/,
    en: / (instant|quick|prompt) (reply|replies|response)s? | (reply|response) (rate|time|speed)s? | reminders? (count|sent)s? /,
    pinyin: /miaohui|huifu(lv|sudu)/,
  },
  {
    ...{ code: 'GROUPS', rule: 'F6', name: { zh: '工作群、社交账号', en: 'chat groups and social accounts' } },
    zh: /微信|qq|钉钉|企业微信|工作群|群聊|建群|入群|群人数|接龙|抖音|快手|微博|博客|公众号|视频号|直播(间|人数)/,
    en: / we ?chat | qq | ding ?talk | weibo | tik ?tok | douyin | chat groups? | group chats? | public accounts? | blogs? | followers? /,
    pinyin: /weixin|dingding|gongzhonghao|jielong|douyin/,
  },
  {
    ...{ code: 'FORMS', rule: 'R7', name: { zh: '填表、填报多少', en: 'amounts of forms' } },
    zh: /填表|填报(率|数|次|量)|报表(数|份|量)|(表格|信息|数据)(填报|上报|报送)(率|数|次|量)|信息报送|简报(数|篇|份)/,
    en: / forms? (filled|count|completed|number|rate)s? | (bulletins?|briefings?) (count|number|sent)s? | data entr(y|ies) /,
    pinyin: /tianbiao|tianbaolv/,
  },
  {
    ...{ code: 'COMMERCE', rule: 'F11', name: { zh: '兑换、消费', en: 'goods, buying and spending' } },
    zh: /兑换|购物|购买|消费|话费|优惠券|红包|商城|带货|销售额|抽奖|提现/,
    en: / redeem\w* | purchas\w* | shopping | coupons? | vouchers? | lotter(y|ies) | cash ?backs? | sales /,
    pinyin: /duihuan|xiaofei|hongbao|shangcheng(?!ji)/,
  },
  {
    ...{ code: 'DONATION', rule: 'DUES', name: { zh: '捐款、特殊党费数额', en: 'donations and special dues' } },
    zh: /特殊党费|大额党费|捐[款赠献](额|数|金|次)?|募捐|多[交缴]党费|垫[交付缴]|代[交缴]党费/,
    en: / donat\w* | special dues | fund ?raising | paid for others /,
    pinyin: /teshudangfei|juankuan/,
  },
  {
    ...{ code: 'PRIVATE', rule: 'PRIVACY', name: { zh: '收入、财产等隐私', en: 'income and other private matters' } },
    zh: /(个人|家庭|年|月)收入|收入(水平|高低|增长)|存款|财产|征信|信用分|体检(结果|报告)|病历|宗教|血型|星座/,
    en: / incomes? | salar(y|ies) | savings | propert(y|ies) | credit scores? | medical records? | religio\w* /,
  },
]

/** What a grade, a light or a scale may not be called: what only a meeting or a body in charge decides (R4). */
export const standing: Ban = {
  ...{
    code: 'STANDING',
    rule: 'R4',
    name: { zh: '影响党籍、发展、处分', en: 'an effect on membership, admission or penalties' },
  },
  zh: /除名|开除|取消(预备|党员|入党|资格)|延长预备|(不予|暂缓|推迟|提前)(转正|发展|入党)|停止党籍|脱党|退党|劝退|免职|撤职|降职|调离|处分|问责|警告/,
  en: / expel\w* | expulsion | dismiss\w* | probation (cancelled|extended) | demot\w* | penalt(y|ies) | suspend\w* | removed? | strike ?off /,
  pinyin: /chuming|kaichu|tuidang|mianzhi|chufen/,
}
