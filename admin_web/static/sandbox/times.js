// Instants in words, on the wall clock of the tree's time zone.

let zone = "Asia/Shanghai";

export const useZone = (name) => {
  zone = name;
};

const format = (instant, options) =>
  new Intl.DateTimeFormat("zh-CN", { timeZone: zone, hourCycle: "h23", ...options }).format(instant);

export const sayTime = (instant) => format(instant, { hour: "2-digit", minute: "2-digit" });
export const sayDay = (instant) => format(instant, { month: "long", day: "numeric" });
export const sayWeekday = (instant) => format(instant, { weekday: "short" });

/** “15:42” today, “明天 09:00”, else “11月27日 09:00”. */
export function sayMoment(instant, now) {
  if (sayDay(instant) === sayDay(now)) return sayTime(instant);
  const tomorrow = new Date(now.getTime() + 86400000);
  const day = sayDay(instant) === sayDay(tomorrow) ? "明天" : sayDay(instant);
  return `${day} ${sayTime(instant)}`;
}

/** Milliseconds as “18 分钟”, “2 小时 5 分”, “3 天 4 小时”. */
export function saySpan(milliseconds) {
  const minutes = Math.ceil(Math.abs(milliseconds) / 60000);
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} 小时 ${minutes % 60} 分` : `${hours} 小时`;
  return hours % 24 ? `${Math.floor(hours / 24)} 天 ${hours % 24} 小时` : `${hours / 24} 天`;
}
