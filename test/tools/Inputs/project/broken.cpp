nonsense code;
