import type { Text, Texts } from '#src/platform/contract/i18n.ts';

/** What is refused about rewards. */
export const rewardText = {
  noSuch: {
    en: 'There is no such reward any more. No points were taken; look at the rewards there are.',
    'zh-CN': '该礼品已不存在。未扣除积分，请查看现有礼品。',
  },
  soldOut: {
    en: 'The last one was just taken. No points were taken; choose another, or look again later.',
    'zh-CN': '该礼品刚刚兑完。未扣除积分，请选择其他礼品或稍后再看。',
  },
  notEnough: (has: number, price: number) => ({
    en: `It costs ${price} points, and you have ${has}. No points were taken.`,
    'zh-CN': `兑换需要 ${price} 积分，您现有 ${has}。未扣除积分。`,
  }),
  needsAddress: {
    en: 'It is sent by post. No points were taken; say where to send it.',
    'zh-CN': '该礼品需要邮寄。未扣除积分，请填写收件地址。',
  },
  noSuchCoupon: {
    en: 'This coupon is not yours, or was used or taken back. No points were taken; load the page again.',
    'zh-CN': '该礼品券不属于您，或已使用、已收回。未扣除积分，请刷新页面。',
  },
  onlyForGoods: {
    en: 'A coupon is for goods. No points were taken; choose goods, or pay with points.',
    'zh-CN': '礼品券仅可兑换实物。未扣除积分，请选择实物或使用积分。',
  },
  noSuchRedemption: {
    en: 'There is no such redemption. Nothing was changed; load the page again.',
    'zh-CN': '没有找到该兑换记录。未作任何更改，请刷新页面。',
  },
  isUnderWay: {
    en: 'It is on its way, delivered or cancelled already. Nothing was changed; ask the staff of the community.',
    'zh-CN': '该礼品已寄出、已送达或已取消。未作任何更改，请联系社区工作人员。',
  },
  notNow: {
    en: 'What is delivered or cancelled is over. Nothing was changed; load the page again.',
    'zh-CN': '已送达或已取消的兑换不能再更改。未作任何更改，请刷新页面。',
  },
  stockBelowNothing: {
    en: 'There are not as many left. Nothing was changed; take fewer away.',
    'zh-CN': '剩余数量不足。未作任何更改，请减少扣减数量。',
  },
} satisfies Texts;

/** Words of the pages of rewards. */
export const rewardPageText = {
  title: { en: 'Rewards', 'zh-CN': '积分商城' },
  lead: {
    en: 'Points are for spending; your reputation and level stay.',
    'zh-CN': '用积分兑换礼品，声望和等级不受影响。',
  },
  yours: (points: string) => ({ en: `You have ${points} points.`, 'zh-CN': `您有 ${points} 积分。` }),
  price: (points: string) => ({ en: `${points} points`, 'zh-CN': `${points} 积分` }),
  left: (count: string) => ({ en: `${count} left`, 'zh-CN': `剩余 ${count}` }),
  soldOut: { en: 'None left', 'zh-CN': '已兑完' },
  hidden: { en: 'not shown', 'zh-CN': '未上架' },
  couponField: { en: 'Pay with', 'zh-CN': '支付方式' },
  pointsAlone: { en: 'Points alone', 'zh-CN': '仅用积分' },
  coupon: (worth: string) => ({ en: `Coupon for ${worth} points`, 'zh-CN': `${worth} 积分礼品券` }),
  coupons: (count: number) => ({
    en: count === 1 ? 'You have a coupon for goods.' : `You have ${count} coupons for goods.`,
    'zh-CN': `您有 ${count} 张实物礼品券。`,
  }),
  redeem: { en: 'Redeem', 'zh-CN': '兑换' },
  address: { en: 'Name, phone, address', 'zh-CN': '收件人、电话、地址' },
  addressHint: {
    en: 'Kept encrypted, seen only by who sends it, and deleted when it has arrived.',
    'zh-CN': '加密保存，仅发货人员可见，送达后删除。',
  },
  none: { en: 'No rewards yet', 'zh-CN': '还没有礼品' },
  noneHint: { en: 'Points are kept until there are some.', 'zh-CN': '积分会一直保留。' },
  mine: { en: 'My redemptions', 'zh-CN': '我的兑换' },
  noneMine: { en: 'Nothing redeemed yet', 'zh-CN': '还没有兑换记录' },
  handle: { en: 'Handle redemptions', 'zh-CN': '处理兑换' },
  ordered: { en: 'Ordered', 'zh-CN': '已下单' },
  sent: { en: 'Sent', 'zh-CN': '已寄出' },
  delivered: { en: 'Delivered', 'zh-CN': '已送达' },
  cancelled: { en: 'Cancelled, points returned', 'zh-CN': '已取消，积分已退回' },
  cancel: { en: 'Cancel', 'zh-CN': '取消兑换' },
  goods: { en: 'Goods', 'zh-CN': '实物' },
  digital: { en: 'Digital', 'zh-CN': '虚拟' },
  taxable: { en: 'to be taxed', 'zh-CN': '需处理个税' },
  open: { en: 'Open', 'zh-CN': '待处理' },
  all: { en: 'All', 'zh-CN': '全部' },
  taxableView: { en: 'For the tax', 'zh-CN': '个税记录' },
  note: { en: 'Note to the member (parcel number, code)', 'zh-CN': '给成员的备注（运单号、兑换码）' },
  send: { en: 'Sent', 'zh-CN': '标记寄出' },
  deliver: { en: 'Delivered', 'zh-CN': '标记送达' },
  refund: { en: 'Cancel and return points', 'zh-CN': '取消并退回积分' },
  nothing: { en: 'Nothing to handle', 'zh-CN': '没有待处理的兑换' },
  add: { en: 'Add a reward', 'zh-CN': '新增礼品' },
  kind: { en: 'Kind', 'zh-CN': '类型' },
  name: { en: 'Name in English', 'zh-CN': '英文名称' },
  nameZh: { en: 'Name in Chinese', 'zh-CN': '中文名称' },
  about: { en: 'About, in English', 'zh-CN': '英文说明' },
  aboutZh: { en: 'About, in Chinese', 'zh-CN': '中文说明' },
  cost: { en: 'Price in points', 'zh-CN': '所需积分' },
  stock: { en: 'How many', 'zh-CN': '数量' },
  addStock: { en: 'More (or fewer, with a minus)', 'zh-CN': '增加数量（负数为减少）' },
  value: { en: 'Worth', 'zh-CN': '价值' },
  currency: { en: 'Currency', 'zh-CN': '币种' },
  listed: { en: 'Shown in the shop', 'zh-CN': '上架' },
  save: { en: 'Save', 'zh-CN': '保存' },
  change: { en: 'Change', 'zh-CN': '修改' },
  told: (reward: Text, state: Text) => ({
    en: `“${reward.en}”: ${state.en.toLowerCase()}`,
    'zh-CN': `“${reward['zh-CN']}”：${state['zh-CN']}`,
  }),
} satisfies Texts;
