// timon
